import { answer, draft, speak } from '../app/lead.ts';
import { said } from '../cards/asker.ts';
import { answerForm, speakForm } from '../cards/leader.ts';
import type { Question } from '../domain/question.ts';
import type { Form } from './fields.ts';
import { outcome, standing, withQuestion } from './leading.ts';
import type { Reply, Turn } from './turn.ts';

const takesAnswer = ({ state }: Question): boolean => state === 'open' || state === 'answered';

/** The question can take these words no more: they are shown, so that they can be copied. */
const tooLate = ({ say }: Turn, words: string, why: string): Reply => ({
  view: said(say, say('answer.notSent'), say('answer.tooLate', { why, words }), { queue: true }),
});

type Typed = { submission: string; words?: string; error?: string };

const answering = ({ deps, me, say }: Turn, question: Question, typed: Typed): Reply => ({
  view: answerForm(say, deps.directory(), question, { ...typed, reader: me.id }),
  title: say('answer.title'),
});

const answeringAgain = (turn: Turn, typed: { submission: string; words: string }) => (now: Question, error: string) =>
  takesAnswer(now) ? answering(turn, now, { ...typed, error }) : tooLate(turn, typed.words, error);

export const openAnswer = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withQuestion(turn, question, (now) =>
    takesAnswer(now) ? answering(turn, now, { submission: turn.deps.ids.fresh() }) : standing(turn, now),
  );

export async function saveDraft(turn: Turn, form: Form<'words'>): Promise<Reply> {
  const again = answeringAgain(turn, { words: form.words, submission: turn.deps.ids.fresh() });
  return outcome(turn, await draft(turn.deps, turn.me.id, form), form.question, turn.say('answer.kept'), again);
}

export async function sendAnswer(turn: Turn, form: Form<'say'> & { replaces?: number }): Promise<Reply> {
  const sent = await answer(turn.deps, turn.me.id, form);
  return outcome(turn, sent, form.question, turn.say('answer.sent'), answeringAgain(turn, form));
}

type As = 'ask-back' | 'reply';
const SPOKEN = { 'ask-back': 'open', reply: 'answered' } as const;

const speaking = (as: As, { say }: Turn, question: Question, typed: Typed): Reply => ({
  view: speakForm(say, as, question, typed),
  title: say(`speak.${as}.title`),
});

export const openSpeak =
  (as: As) =>
  (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
    withQuestion(turn, question, (now) =>
      now.state === SPOKEN[as] ? speaking(as, turn, now, { submission: turn.deps.ids.fresh() }) : standing(turn, now),
    );

export const sendSpeak =
  (as: As) =>
  async (turn: Turn, form: Form<'say'>): Promise<Reply> => {
    const sent = await speak(turn.deps, turn.me.id, as, form);
    return outcome(turn, sent, form.question, turn.say(`speak.${as}.done`), (now, error) =>
      now.state === SPOKEN[as] ? speaking(as, turn, now, { ...form, error }) : tooLate(turn, form.words, error),
    );
  };
