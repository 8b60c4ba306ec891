import { mayDraft } from '../app/authority.ts';
import { decline, handOn, promise, queue } from '../app/lead.ts';
import { carrierOf } from '../app/wordings.ts';
import { said } from '../cards/asker.ts';
import { declineForm, handOnForm, laterForm, queueList, questionCard } from '../cards/leader.ts';
import { sayRefusal } from '../cards/refusal.ts';
import { DECLINE_REASONS, type DeclineReason, type Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { dayOf } from '../domain/week.ts';
import { wordFor } from '../cards/say.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

type Show = (question: Question) => Reply;

/** Shows a question to its leader or a delegate of theirs; a colleague with a forwarded card reads a sentence. */
export async function withQuestion(turn: Turn, id: string, show: Show): Promise<Reply> {
  const { deps, me } = turn;
  const kept = await deps.store.question(id);
  if (kept === undefined) return refuse(turn, { refused: 'not-found' });
  if (!mayDraft(deps.directory(), kept.question, me.id)) return refuse(turn, { refused: 'not-allowed' });
  return show(kept.question);
}

/** The card, where the question stands now. */
export const standing = ({ deps, me, say }: Turn, question: Question, into?: Question): Reply => ({
  view: questionCard(say, deps.directory(), question, { reader: me.id, seesQueue: true, into }),
  title: say('question.title'),
});

/** After a form: the changed card, the form again with what to mend, or a sentence for whom it is not. */
export async function outcome(
  turn: Turn,
  result: Question | Refusal,
  id: string,
  done: string,
  again: (question: Question, error: string) => Reply,
): Promise<Reply> {
  if (!isRefusal(result)) return { ...standing(turn, result), done };
  if (result.refused === 'not-allowed' || result.refused === 'not-found') return refuse(turn, result);
  return withQuestion(turn, id, (question) => again(question, sayRefusal(turn.say, result)));
}

/** These forms are for an open question; of any other, the card shows where it stands now. */
const whileOpen = (turn: Turn, show: Show) => (question: Question) =>
  question.state === 'open' ? show(question) : standing(turn, question);

export async function showQuestion(turn: Turn, { question }: Form<'question'>): Promise<Reply> {
  const into = await carrierOf(turn.deps, question);
  return withQuestion(turn, question, (now) => standing(turn, now, into));
}

export async function showQueue({ deps, me, say }: Turn, page: Partial<Form<'page'>> = {}): Promise<Reply> {
  const listed = await queue(deps, me.id, page);
  if (!isRefusal(listed))
    return { view: queueList(say, listed, me.id, page.after !== undefined), title: say('queue.title') };
  return { note: say('queue.onlyLeaders', { questions: wordFor(say, 'questions') }) };
}

const WEEK_MS = 7 * 86_400_000;
function promising({ deps, say }: Turn, question: Question, error?: string): Reply {
  const now = deps.clock.now();
  const day = dayOf(new Date(now.getTime() + WEEK_MS));
  return { view: laterForm(say, question, { today: dayOf(now), day, error }), title: say('later.title') };
}

export const openLater = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withQuestion(
    turn,
    question,
    whileOpen(turn, (now) => promising(turn, now)),
  );

export async function sendLater(turn: Turn, { question, day }: Form<'later'>): Promise<Reply> {
  const promised = await promise(turn.deps, turn.me.id, question, day);
  return outcome(turn, promised, question, turn.say('later.done'), (now, error) =>
    whileOpen(turn, (open) => promising(turn, open, error))(now),
  );
}

function handing({ deps, say }: Turn, question: Question, error?: string): Reply {
  const others = deps.directory().leaders.filter((leader) => leader.id !== question.leader);
  return { view: handOnForm(say, question, others, error), title: say('handOn.short') };
}

export const openHandOn = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withQuestion(
    turn,
    question,
    whileOpen(turn, (now) => handing(turn, now)),
  );

export async function sendHandOn(turn: Turn, { question, to }: Form<'handOn'>): Promise<Reply> {
  const handed = await handOn(turn.deps, turn.me.id, question, to);
  if (isRefusal(handed)) {
    return outcome(turn, handed, question, '', (now, error) =>
      whileOpen(turn, (open) => handing(turn, open, error))(now),
    );
  }
  const { say } = turn;
  const done = say('handOn.done');
  return { view: said(say, say('handOn.handed'), done, { queue: true }), done };
}

const toReason = (text: string | undefined): DeclineReason | undefined =>
  DECLINE_REASONS.find((reason) => reason === text);

const declining = ({ say }: Turn, question: Question, words = '', error?: string): Reply => ({
  view: declineForm(say, question, words, error),
  title: say('decline.short'),
});

export const openDecline = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withQuestion(
    turn,
    question,
    whileOpen(turn, (now) => declining(turn, now)),
  );

export async function sendDecline(turn: Turn, { question, reason, words }: Form<'decline'>): Promise<Reply> {
  const declined = await decline(turn.deps, turn.me.id, { question, reason: toReason(reason), words });
  return outcome(turn, declined, question, turn.say('decline.done'), (now, error) =>
    whileOpen(turn, (open) => declining(turn, open, words, error))(now),
  );
}
