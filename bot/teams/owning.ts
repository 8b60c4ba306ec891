import { mine, owns } from '../app/mine.ts';
import { find, type Own } from '../app/mix.ts';
import { followUp, sign, withdraw } from '../app/own.ts';
import {
  followUpForm,
  mineList,
  myQuestion,
  myWaiting,
  said,
  signForm,
  type Typed,
  withdrawForm,
} from '../cards/asker.ts';
import type { WaitingQuestion } from '../domain/life.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import { unseen } from './asking.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const WITHDRAWN = 'Your words are erased, and nothing leads from you to this question any more.';
const GONE: Reply = { note: say({ refused: 'not-found' }) };

/** Shows one of the person's own questions, or a form on it; of anybody else's, it says that it is not here. */
async function withAny({ deps, me }: Turn, id: string, show: (own: Own) => Reply | Promise<Reply>): Promise<Reply> {
  if (!(await owns(deps, me.asker, id))) return GONE;
  const own = await find(deps, id);
  return own === undefined ? GONE : show(own);
}

/** Likewise for what needs a question that has entered; of one on its way, it shows that. */
const withOwn = (turn: Turn, id: string, show: (question: Question) => Reply | Promise<Reply>): Promise<Reply> =>
  withAny(turn, id, (own) => (own.state === 'waiting' ? onItsWay(turn, own) : show(own)));

const onItsWay = ({ deps }: Turn, own: WaitingQuestion): Reply => ({
  view: myWaiting(deps.directory(), own),
  title: 'My questions',
});

const whole = ({ deps }: Turn, question: Question): Reply => ({
  view: myQuestion(deps.directory(), question, deps.appealTo),
  title: 'My questions',
});

/** As many as a card on a phone bears. */
const PAGE = 10;

export async function showMine({ deps, me }: Turn, { from }: Form<'mine'> = { from: 0 }): Promise<Reply> {
  const listed = await mine(deps, me.asker, { from, limit: PAGE + 1 });
  const next = listed.length > PAGE ? from + PAGE : undefined;
  return { view: mineList(deps.directory(), listed.slice(0, PAGE), next), title: 'My questions' };
}

export const showOwn = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => whole(turn, own));

const followingUp = ({ deps }: Turn, own: Question, typed: Typed, error?: string): Reply => ({
  view: followUpForm(deps.directory(), own, typed, error),
  title: 'Follow up',
});

export const openFollowUp = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => followingUp(turn, own, { submission: turn.deps.ids.fresh() }));

/** Sends a follow-up; under a question without a name, it first asks about words that show who writes. */
export async function sendFollowUp(turn: Turn, form: Form<'followUp'>): Promise<Reply> {
  const found = unseen(turn, form);
  if (found.length === 0) return follow(turn, form);
  return withOwn(turn, form.question, (own) =>
    own.signed === undefined ? followingUp(turn, own, { ...form, found }) : follow(turn, form),
  );
}

async function follow(turn: Turn, form: Form<'followUp'>): Promise<Reply> {
  const sent = await followUp(turn.deps, turn.me.asker, form);
  if (!isRefusal(sent)) return whole(turn, sent);
  return withOwn(turn, form.question, (own) => followingUp(turn, own, form, say(sent)));
}

export const openWithdraw = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withAny(turn, question, (own) => ({ view: withdrawForm(turn.deps.directory(), own), title: 'Withdraw' }));

export async function sendWithdraw({ deps, me }: Turn, { question }: Form<'question'>): Promise<Reply> {
  const withdrawn = await withdraw(deps, me.asker, question);
  if (isRefusal(withdrawn)) return { note: say(withdrawn) };
  return { view: said('Withdrawn', WITHDRAWN, { asksAgain: true, mine: true }), done: `Withdrawn. ${WITHDRAWN}` };
}

export const openSign = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => ({ view: signForm(own), title: 'Sign' }));

export async function sendSign(turn: Turn, { question }: Form<'question'>): Promise<Reply> {
  const signed = await sign(turn.deps, turn.me.asker, question, turn.me.name);
  return isRefusal(signed) ? { note: say(signed) } : whole(turn, signed);
}
