import { asComms } from '../app/authority.ts';
import { agree, disagree, lift, propose } from '../app/block.ts';
import { blockCard, type BlockTyped, disagreeForm, liftForm, proposeForm } from '../cards/blocking.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal, say } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

async function withDeclined({ deps, me }: Turn, id: string, show: (question: Question) => Reply): Promise<Reply> {
  const person = asComms(deps.directory(), me.id);
  if (isRefusal(person)) return { note: say(person) };
  const kept = await deps.store.question(id);
  return kept === undefined ? { note: say({ refused: 'not-found' }) } : show(kept.question);
}

const standing = ({ deps, me }: Turn, question: Question): Reply => ({
  view: blockCard(deps.directory(), question, me.id),
  title: 'Stop an author',
});

const proposing = (question: Question, typed?: BlockTyped): Reply => ({
  view: proposeForm(question, typed),
  title: 'Stop this author',
});

export const showBlock = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withDeclined(turn, question, (now) => standing(turn, now));

export const openBlock = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withDeclined(turn, question, (now) => proposing(now));

const MENDED = new Set<Refusal['refused']>(['blank', 'too-long', 'too-large', 'no-days']);

export async function sendBlock(turn: Turn, { question, days, words }: Form<'block'>): Promise<Reply> {
  const proposed = await propose(turn.deps, turn.me.id, { question, days: Number(days), words });
  if (!isRefusal(proposed)) return { ...standing(turn, proposed), done: 'Proposed. A second person has to agree.' };
  if (!MENDED.has(proposed.refused)) return { note: say(proposed) };
  return withDeclined(turn, question, (now) => proposing(now, { days, words, error: say(proposed) }));
}

const ENDINGS = {
  disagree: { decide: disagree, form: disagreeForm, title: 'Disagree', done: 'Nobody is stopped because of this.' },
  lift: { decide: lift, form: liftForm, title: 'Let them ask again', done: 'Lifted. The author is told.' },
};

/** The form to turn a proposal down, or to end a block early. */
export const openEnd =
  (kind: keyof typeof ENDINGS) =>
  (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
    withDeclined(turn, question, (now) => ({
      view: ENDINGS[kind].form(now, { submission: turn.deps.ids.fresh() }),
      title: ENDINGS[kind].title,
    }));

export const sendEnd =
  (kind: keyof typeof ENDINGS) =>
  async (turn: Turn, { question, submission, words }: Form<'say'>): Promise<Reply> => {
    const { decide, form, title, done } = ENDINGS[kind];
    const ended = await decide(turn.deps, turn.me.id, { question, words });
    if (!isRefusal(ended)) return { ...standing(turn, ended), done };
    if (!MENDED.has(ended.refused)) return { note: say(ended) };
    return withDeclined(turn, question, (now) => ({
      view: form(now, { submission, words, error: say(ended) }),
      title,
    }));
  };

export async function agreeBlock(turn: Turn, { question }: Form<'question'>): Promise<Reply> {
  const agreed = await agree(turn.deps, turn.me.id, question);
  return isRefusal(agreed) ? { note: say(agreed) } : standing(turn, agreed);
}
