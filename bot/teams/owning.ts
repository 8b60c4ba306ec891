import { mine, owns } from '../app/mine.ts';
import { followUp, sign, withdraw } from '../app/own.ts';
import { followUpForm, mineList, myQuestion, said, signForm, withdrawForm } from '../cards/asker.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const WITHDRAWN = 'Your words are erased, and nothing leads from you to this question any more.';
const GONE: Reply = { note: say({ refused: 'not-found' }) };

/** Shows one of the person's own questions, or a form on it; of anybody else's, it says that it is not here. */
async function withOwn({ deps, me }: Turn, id: string, show: (question: Question) => Reply): Promise<Reply> {
  if (!(await owns(deps, me.asker, id))) return GONE;
  const kept = await deps.store.question(id);
  return kept === undefined ? GONE : show(kept.question);
}

const whole = ({ deps }: Turn, question: Question): Reply => ({
  view: myQuestion(deps.directory(), question),
  title: 'My questions',
});

export const showMine = async ({ deps, me }: Turn): Promise<Reply> => ({
  view: mineList(deps.directory(), await mine(deps, me.asker)),
  title: 'My questions',
});

export const showOwn = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => whole(turn, own));

export const openFollowUp = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => ({
    view: followUpForm(turn.deps.directory(), own, { submission: turn.deps.ids.fresh() }),
    title: 'Follow up',
  }));

export async function sendFollowUp(turn: Turn, form: Form<'say'>): Promise<Reply> {
  const sent = await followUp(turn.deps, turn.me.asker, form);
  if (!isRefusal(sent)) return whole(turn, sent);
  return withOwn(turn, form.question, (own) => ({
    view: followUpForm(turn.deps.directory(), own, form, say(sent)),
    title: 'Follow up',
  }));
}

export const openWithdraw = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => ({ view: withdrawForm(turn.deps.directory(), own), title: 'Withdraw' }));

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
