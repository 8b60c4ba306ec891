import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { type Stage, STAGES } from '../domain/stage.ts';
import { fold } from '../domain/words.ts';
import { asComms } from './authority.ts';
import type { Deps } from './ports.ts';

/** Read from the store at once: more than a screen. More where most of it will be left out. */
const PAGE = 50;
const FILTERED_PAGE = 200;
/** A request that filters looks at no more rows before it says how to go on: a fraction of a second's work. */
const MOST_ROWS = 2000;

export interface BoardWanted {
  stage: Stage;
  leader?: string | undefined;
  topic?: string | undefined;
  week?: string | undefined;
  /** Words that stand in it, however they are written: in capitals, with accents or without. */
  search?: string | undefined;
  after?: string | undefined;
}

export interface BoardPage {
  questions: Question[];
  /** Where to go on; there may be more though this page is short, or empty. */
  next?: string;
}

/** A page of a stage of the board, for curators and admins: all that fit the filters among the rows it looked at. */
export async function board(deps: Deps, actor: string, wanted: BoardWanted): Promise<BoardPage | Refusal> {
  const person = asComms(deps.directory(), actor);
  if (isRefusal(person)) return person;
  const { stage, leader } = wanted;
  const fits = filterOf(wanted);
  const limit = fits === undefined ? PAGE : FILTERED_PAGE;
  const questions: Question[] = [];
  let after = wanted.after;
  for (let rows = 0; ;) {
    const page = await deps.store.staged({ stage, leader, after, limit });
    rows += page.questions.length;
    questions.push(...(fits === undefined ? page.questions : page.questions.filter(fits)));
    if (page.next === undefined) return { questions };
    after = page.next;
    if (questions.length >= PAGE / 2 || rows >= MOST_ROWS) return { questions, next: after };
  }
}

/** Nothing where everything fits. */
function filterOf({ topic, week, search = '' }: BoardWanted): ((question: Question) => boolean) | undefined {
  const terms = fold(search).split(/\s+/).filter(Boolean);
  if (topic === undefined && week === undefined && terms.length === 0) return undefined;
  return (question) => {
    if (topic !== undefined && question.topic !== topic) return false;
    if (week !== undefined && question.week !== week) return false;
    const text = terms.length === 0 ? '' : fold(textOf(question));
    return terms.every((term) => text.includes(term));
  };
}

const textOf = (question: Question): string =>
  [
    question.words,
    ...(question.wordings ?? []).map(({ words }) => words),
    question.state === 'answered' ? question.answer.words : '',
    ...question.thread.map(({ words }) => words),
  ].join('\n');

/** How many questions are in each stage, of one leader or of all, counted up to COUNTED. */
export async function counts(deps: Deps, actor: string, leader?: string): Promise<Record<Stage, number> | Refusal> {
  const person = asComms(deps.directory(), actor);
  if (isRefusal(person)) return person;
  const counted = await Promise.all(STAGES.map((stage) => deps.store.countStaged({ stage, leader })));
  return Object.fromEntries(STAGES.map((stage, at) => [stage, counted[at]])) as Record<Stage, number>;
}
