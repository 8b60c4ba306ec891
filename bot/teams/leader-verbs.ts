import { mayDraft } from '../app/authority.ts';
import { answer, decline, draft, handOn, promise, queue, speak } from '../app/lead.ts';
import { said } from '../cards/asker.ts';
import { answerForm, declineForm, handOnForm, laterForm, queueList, questionCard, speakForm } from '../cards/leader.ts';
import { DECLINE_REASONS, type DeclineReason, type Question } from '../domain/question.ts';
import { isRefusal, type Refusal, say } from '../domain/refusal.ts';
import { dayOf } from '../domain/week.ts';
import { fields } from './fields.ts';
import { type Reply, type Turn, verb } from './turn.ts';

/** Reads a question for its leader or a delegate of theirs; a colleague with a forwarded card reads a sentence. */
async function withQuestion({ deps, me }: Turn, id: string, show: (question: Question) => Reply): Promise<Reply> {
  const kept = await deps.store.question(id);
  if (kept === undefined) return { note: say({ refused: 'not-found' }) };
  return mayDraft(deps.directory(), kept.question, me.id)
    ? show(kept.question)
    : { note: say({ refused: 'not-allowed' }) };
}

const card = ({ deps, me }: Turn, question: Question, done?: string): Reply => ({
  view: questionCard(deps.directory(), question, me.id, true),
  title: 'Question',
  ...(done === undefined ? {} : { done }),
});

/** Only an open question takes these forms; otherwise the card shows where it stands now. */
const whileOpen = (turn: Turn, id: string, show: (question: Question) => Reply): Promise<Reply> =>
  withQuestion(turn, id, (question) => (question.state === 'open' ? show(question) : card(turn, question)));

/** The outcome of a form: the changed card, the form again with what to mend, or where the question stands now. */
function settle(
  turn: Turn,
  result: Question | Refusal,
  id: string,
  done: string,
  again: (question: Question, error: string) => Reply,
) {
  if (!isRefusal(result)) return Promise.resolve(card(turn, result, done));
  if (result.refused === 'not-allowed' || result.refused === 'not-found') return Promise.resolve({ note: say(result) });
  return withQuestion(turn, id, (question) => again(question, say(result)));
}

/** The question can take no answer any more: what was typed is shown, so that it can be copied. */
const tooLate = (words: string, why: string): Reply => ({
  view: said('This was not sent', `${why} Your text, to copy: ${words}`, { queue: true }),
});

const answerAgain =
  (turn: Turn, typed: { submission: string; words: string }) =>
  (question: Question, error: string): Reply =>
    question.state === 'open' || question.state === 'answered'
      ? { view: answerForm(turn.deps.directory(), question, turn.me.id, { ...typed, error }), title: 'Your answer' }
      : tooLate(typed.words, error);

const speakAgain =
  (as: 'ask-back' | 'reply', form: { submission: string; words: string }) =>
  (question: Question, error: string): Reply =>
    question.state === (as === 'reply' ? 'answered' : 'open')
      ? { view: speakForm(as, question, { ...form, error }), title: as === 'reply' ? 'Reply' : 'Ask back' }
      : tooLate(form.words, error);

const sendAnswer = async (
  turn: Turn,
  form: { question: string; submission: string; words: string; replaces?: number },
) =>
  settle(
    turn,
    await answer(turn.deps, turn.me.id, form),
    form.question,
    'Your answer is sent.',
    answerAgain(turn, form),
  );

const speaks = (as: 'ask-back' | 'reply', done: string) => ({
  open: verb(fields.question, (turn, { question }) =>
    withQuestion(turn, question, (now) => {
      const fits = now.state === (as === 'reply' ? 'answered' : 'open');
      return fits
        ? {
            view: speakForm(as, now, { submission: turn.deps.ids.fresh() }),
            title: as === 'reply' ? 'Reply' : 'Ask back',
          }
        : card(turn, now);
    }),
  ),
  send: verb(fields.say, async (turn, form) =>
    settle(turn, await speak(turn.deps, turn.me.id, as, form), form.question, done, speakAgain(as, form)),
  ),
});
const askingBack = speaks('ask-back', 'Sent. You get a card when the person who asked answers.');
const replying = speaks('reply', 'Your reply is sent.');

export async function showQueue(
  { deps, me }: Turn,
  page: { leader?: string | undefined; after?: string | undefined } = {},
): Promise<Reply> {
  const listed = await queue(deps, me.id, page);
  if (isRefusal(listed))
    return { note: 'Only leaders and their delegates have a queue. Write questions to see what is open.' };
  return { view: queueList(listed, me.id, page.after !== undefined), title: 'Queue' };
}

const NEXT_WEEK_MS = 7 * 86_400_000;
const later = ({ deps }: Turn, question: Question, day?: string, error?: string): Reply => {
  const now = deps.clock.now();
  const suggested = dayOf(new Date(now.getTime() + NEXT_WEEK_MS));
  return { view: laterForm(question, dayOf(now), day ?? suggested, error), title: 'Answer later' };
};

const handsOn = ({ deps }: Turn, question: Question, error?: string): Reply => {
  const others = deps.directory().leaders.filter((leader) => leader.id !== question.leader);
  return { view: handOnForm(question, others, error), title: 'Hand on' };
};

const isReason = (text: string | undefined): text is DeclineReason =>
  text !== undefined && Object.hasOwn(DECLINE_REASONS, text);

/** What leaders and their delegates may do. Each use case checks again who acts. */
export const leaderVerbs = {
  'queue.page': verb(fields.page, showQueue),
  'question.show': verb(fields.question, (turn, { question }) =>
    withQuestion(turn, question, (now) => card(turn, now)),
  ),
  'answer.open': verb(fields.question, (turn, { question }) =>
    withQuestion(turn, question, (now) => {
      if (now.state !== 'open' && now.state !== 'answered') return card(turn, now);
      const view = answerForm(turn.deps.directory(), now, turn.me.id, { submission: turn.deps.ids.fresh() });
      return { view, title: 'Your answer' };
    }),
  ),
  'answer.save': verb(fields.words, async (turn, form) => {
    const saved = await draft(turn.deps, turn.me.id, form);
    return settle(
      turn,
      saved,
      form.question,
      'The draft is kept.',
      answerAgain(turn, { ...form, submission: turn.deps.ids.fresh() }),
    );
  }),
  'answer.send': verb(fields.say, sendAnswer),
  'answer.replace': verb(fields.replace, sendAnswer),
  'askBack.open': askingBack.open,
  'askBack.send': askingBack.send,
  'reply.open': replying.open,
  'reply.send': replying.send,
  'later.open': verb(fields.question, (turn, { question }) => whileOpen(turn, question, (now) => later(turn, now))),
  'later.send': verb(fields.later, async (turn, { question, day }) =>
    settle(
      turn,
      await promise(turn.deps, turn.me.id, question, day),
      question,
      'The person who asked sees your promise.',
      (now, error) => (now.state === 'open' ? later(turn, now, undefined, error) : card(turn, now)),
    ),
  ),
  'handOn.open': verb(fields.question, (turn, { question }) => whileOpen(turn, question, (now) => handsOn(turn, now))),
  'handOn.send': verb(fields.handOn, async (turn, { question, to }) => {
    const handed = await handOn(turn.deps, turn.me.id, question, to);
    if (!isRefusal(handed))
      return {
        view: said('Handed on', 'The question is in the other queue now.', { queue: true }),
        done: 'Handed on.',
      };
    return settle(turn, handed, question, '', (now, error) =>
      now.state === 'open' ? handsOn(turn, now, error) : card(turn, now),
    );
  }),
  'decline.open': verb(fields.question, (turn, { question }) =>
    whileOpen(turn, question, (now) => ({ view: declineForm(now), title: 'Decline' })),
  ),
  'decline.send': verb(fields.decline, async (turn, { question, reason, words }) => {
    const declined = await decline(turn.deps, turn.me.id, {
      question,
      reason: isReason(reason) ? reason : undefined,
      words,
    });
    return settle(turn, declined, question, 'Declined. The Register lists it.', (now, error) =>
      now.state === 'open' ? { view: declineForm(now, words, error), title: 'Decline' } : card(turn, now),
    );
  }),
};
