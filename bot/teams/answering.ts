import { answer, draft, speak } from '../app/lead.ts';
import { said } from '../cards/asker.ts';
import { answerForm, speakForm } from '../cards/leader.ts';
import type { Question } from '../domain/question.ts';
import type { Form } from './fields.ts';
import { outcome, standing, withQuestion } from './leading.ts';
import type { Reply, Turn } from './turn.ts';

const takesAnswer = ({ state }: Question): boolean => state === 'open' || state === 'answered';

/** The question can take these words no more: they are shown, so that they can be copied. */
const tooLate = (words: string, why: string): Reply => ({
  view: said('This was not sent', `${why} Your text, to copy: ${words}`, { queue: true }),
});

type Typed = { submission: string; words?: string; error?: string };

const answering = ({ deps, me }: Turn, question: Question, typed: Typed): Reply => ({
  view: answerForm(deps.directory(), question, me.id, typed),
  title: 'Your answer',
});

const answeringAgain = (turn: Turn, typed: { submission: string; words: string }) => (now: Question, error: string) =>
  takesAnswer(now) ? answering(turn, now, { ...typed, error }) : tooLate(typed.words, error);

export const openAnswer = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withQuestion(turn, question, (now) =>
    takesAnswer(now) ? answering(turn, now, { submission: turn.deps.ids.fresh() }) : standing(turn, now),
  );

export async function saveDraft(turn: Turn, form: Form<'words'>): Promise<Reply> {
  const again = answeringAgain(turn, { words: form.words, submission: turn.deps.ids.fresh() });
  return outcome(turn, await draft(turn.deps, turn.me.id, form), form.question, 'The draft is kept.', again);
}

export async function sendAnswer(turn: Turn, form: Form<'say'> & { replaces?: number }): Promise<Reply> {
  const sent = await answer(turn.deps, turn.me.id, form);
  return outcome(turn, sent, form.question, 'Your answer is sent.', answeringAgain(turn, form));
}

type As = 'ask-back' | 'reply';
const SPOKEN = {
  'ask-back': { state: 'open', title: 'Ask back', done: 'Sent. You get a card when the person who asked answers.' },
  reply: { state: 'answered', title: 'Reply', done: 'Your reply is sent.' },
} as const;

const speaking = (as: As, question: Question, typed: Typed): Reply => ({
  view: speakForm(as, question, typed),
  title: SPOKEN[as].title,
});

export const openSpeak =
  (as: As) =>
  (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
    withQuestion(turn, question, (now) =>
      now.state === SPOKEN[as].state ? speaking(as, now, { submission: turn.deps.ids.fresh() }) : standing(turn, now),
    );

export const sendSpeak =
  (as: As) =>
  async (turn: Turn, form: Form<'say'>): Promise<Reply> => {
    const sent = await speak(turn.deps, turn.me.id, as, form);
    return outcome(turn, sent, form.question, SPOKEN[as].done, (now, error) =>
      now.state === SPOKEN[as].state ? speaking(as, now, { ...form, error }) : tooLate(form.words, error),
    );
  };
