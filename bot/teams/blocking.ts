import { asComms } from '../app/authority.ts';
import { agree, disagree, lift, propose } from '../app/block.ts';
import { blockCard, type BlockTyped, disagreeForm, liftForm, proposeForm } from '../cards/blocking.ts';
import { sayRefusal } from '../cards/refusal.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

async function withDeclined(turn: Turn, id: string, show: (question: Question) => Reply): Promise<Reply> {
  const { deps, me } = turn;
  const person = asComms(deps.directory(), me.id);
  if (isRefusal(person)) return refuse(turn, person);
  const kept = await deps.store.question(id);
  return kept === undefined ? refuse(turn, { refused: 'not-found' }) : show(kept.question);
}

const standing = ({ deps, me, say }: Turn, question: Question): Reply => ({
  view: blockCard(say, deps.directory(), question, me.id),
  title: say('block.title'),
});

const proposing = ({ say }: Turn, question: Question, typed?: BlockTyped): Reply => ({
  view: proposeForm(say, question, typed),
  title: say('block.stop'),
});

export const showBlock = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withDeclined(turn, question, (now) => standing(turn, now));

export const openBlock = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withDeclined(turn, question, (now) => proposing(turn, now));

const MENDED = new Set<Refusal['refused']>(['blank', 'too-long', 'too-large', 'no-days']);

export async function sendBlock(turn: Turn, { question, days, words }: Form<'block'>): Promise<Reply> {
  const proposed = await propose(turn.deps, turn.me.id, { question, days: Number(days), words });
  if (!isRefusal(proposed)) return { ...standing(turn, proposed), done: turn.say('block.proposedDone') };
  if (!MENDED.has(proposed.refused)) return refuse(turn, proposed);
  const error = sayRefusal(turn.say, proposed);
  return withDeclined(turn, question, (now) => proposing(turn, now, { days, words, error }));
}

const ENDINGS = {
  disagree: { decide: disagree, form: disagreeForm, title: 'block.disagree', done: 'block.disagreeDone' },
  lift: { decide: lift, form: liftForm, title: 'block.lift', done: 'block.liftDone' },
} as const;

/** The form to turn a proposal down, or to end a block early. */
export const openEnd =
  (kind: keyof typeof ENDINGS) =>
  (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
    withDeclined(turn, question, (now) => ({
      view: ENDINGS[kind].form(turn.say, now, { submission: turn.deps.ids.fresh() }),
      title: turn.say(ENDINGS[kind].title),
    }));

export const sendEnd =
  (kind: keyof typeof ENDINGS) =>
  async (turn: Turn, { question, submission, words }: Form<'say'>): Promise<Reply> => {
    const { decide, form, title, done } = ENDINGS[kind];
    const ended = await decide(turn.deps, turn.me.id, { question, words });
    if (!isRefusal(ended)) return { ...standing(turn, ended), done: turn.say(done) };
    if (!MENDED.has(ended.refused)) return refuse(turn, ended);
    const error = sayRefusal(turn.say, ended);
    return withDeclined(turn, question, (now) => ({
      view: form(turn.say, now, { submission, words, error }),
      title: turn.say(title),
    }));
  };

export async function agreeBlock(turn: Turn, { question }: Form<'question'>): Promise<Reply> {
  const agreed = await agree(turn.deps, turn.me.id, question);
  return isRefusal(agreed) ? refuse(turn, agreed) : standing(turn, agreed);
}
