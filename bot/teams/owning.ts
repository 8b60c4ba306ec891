import { decideEdit } from '../app/edit.ts';
import { asSeen } from '../app/wordings.ts';
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
import { sayRefusal } from '../cards/refusal.ts';
import { isRefusal } from '../domain/refusal.ts';
import { unseen } from './asking.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

const gone = (turn: Turn): Reply => refuse(turn, { refused: 'not-found' });

/** Shows one of the person's own questions, or a form on it; of anybody else's, it says that it is not here. */
async function withAny(turn: Turn, id: string, show: (own: Own) => Reply | Promise<Reply>): Promise<Reply> {
  const { deps, me } = turn;
  if (!(await owns(deps, me.asker, id))) return gone(turn);
  const own = await find(deps, id);
  return own === undefined ? gone(turn) : show(await asSeen(deps, own));
}

/** Likewise for what needs a question that has entered; of one on its way, it shows that. */
const withOwn = (turn: Turn, id: string, show: (question: Question) => Reply | Promise<Reply>): Promise<Reply> =>
  withAny(turn, id, (own) => (own.state === 'waiting' ? onItsWay(turn, own) : show(own)));

const onItsWay = ({ deps, say }: Turn, own: WaitingQuestion): Reply => ({
  view: myWaiting(say, deps.directory(), own),
  title: say('shared.myQuestions'),
});

const whole = async ({ deps, say }: Turn, question: Question): Promise<Reply> => ({
  view: myQuestion(say, deps.directory(), await asSeen(deps, question), deps.appealTo),
  title: say('shared.myQuestions'),
});

/** As many as a card on a phone bears. */
const PAGE = 10;

export async function showMine({ deps, me, say }: Turn, { from }: Form<'mine'> = { from: 0 }): Promise<Reply> {
  const listed = await mine(deps, me.asker, { from, limit: PAGE + 1 });
  const next = listed.length > PAGE ? from + PAGE : undefined;
  const seen = await Promise.all(listed.slice(0, PAGE).map((own) => asSeen(deps, own)));
  const view = mineList(say, deps.directory(), seen, next);
  return { view, title: say('shared.myQuestions') };
}

export const showOwn = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => whole(turn, own));

const followingUp = ({ deps, say }: Turn, own: Question, typed: Typed): Reply => ({
  view: followUpForm(say, deps.directory(), own, typed),
  title: say('mine.followUp'),
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
  const error = sayRefusal(turn.say, sent);
  return withOwn(turn, form.question, (own) => followingUp(turn, own, { ...form, error }));
}

export const openWithdraw = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withAny(turn, question, (own) => ({
    view: withdrawForm(turn.say, turn.deps.directory(), own),
    title: turn.say('mine.withdraw'),
  }));

export async function sendWithdraw(turn: Turn, { question }: Form<'question'>): Promise<Reply> {
  const { deps, me, say } = turn;
  const withdrawn = await withdraw(deps, me.asker, question);
  if (isRefusal(withdrawn)) return refuse(turn, withdrawn);
  const erased = say('mine.erased');
  const view = said(say, say('mine.withdrawn'), erased, { asksAgain: true, mine: true });
  return { view, done: say('mine.erasedDone', { erased }) };
}

export const openSign = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withOwn(turn, question, (own) => ({ view: signForm(turn.say, own), title: turn.say('mine.sign') }));

export async function sendSign(turn: Turn, { question }: Form<'question'>): Promise<Reply> {
  const signed = await sign(turn.deps, turn.me.asker, question, turn.me.name);
  return isRefusal(signed) ? refuse(turn, signed) : whole(turn, signed);
}

/** The asker's word on what comms propose. Where something else is proposed by now, that is what they see. */
export const decideOnEdit =
  (agrees: boolean) =>
  async (turn: Turn, { question, proposal }: Form<'edit'>): Promise<Reply> => {
    const decided = await decideEdit(turn.deps, turn.me.asker, { question, proposal, agrees });
    return isRefusal(decided) ? refuse(turn, decided) : whole(turn, decided);
  };
