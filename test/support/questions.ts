import { answer } from '../../bot/domain/answer.ts';
import { type Delivery, done } from '../../bot/domain/delivery.ts';
import { begin, nextStep, posted, type Step, unsure } from '../../bot/domain/posting.ts';
import { publish, withPublication } from '../../bot/domain/publication.ts';
import type { Publication } from '../../bot/domain/question.ts';
import { ask } from '../../bot/domain/life.ts';
import { type AnsweredQuestion, type OpenQuestion, type Question } from '../../bot/domain/question.ts';
import type { Refusal } from '../../bot/domain/refusal.ts';
import { askBack, clarify, followUp, reply } from '../../bot/domain/thread.ts';
import { must } from './app.ts';
import { CHANNEL, ines, kofi } from './cast.ts';

export const INES = ines.aadObjectId;
export const KOFI = kofi.aadObjectId;
export const WORDS = 'Why did we close the Lyon office?';

/** Noor's question to Ines, as it was asked. */
export const open = (changed: Partial<OpenQuestion> = {}): OpenQuestion => ({
  ...ask({ id: 'question', leader: INES, words: WORDS, week: '2026-W48' }),
  ...changed,
});

/** Ines sends this answer. */
export const sending = (words = 'I should have come first.', submission = 'first') => ({
  words,
  submission,
  leader: { id: INES, name: ines.name },
});

export function answered(question: Question = open()): AnsweredQuestion {
  return isAnswered(must(answer(question, sending(), [KOFI])));
}

export function published(question: Question = answered(), channels = [CHANNEL.id]): AnsweredQuestion {
  return isAnswered(must(publish(question, kofi.name, channels)));
}

export function isAnswered(question: Question | Refusal): AnsweredQuestion {
  const kept = must(question);
  if (kept.state !== 'answered') throw new Error(`The question is ${kept.state}`);
  return kept;
}

/** What a delivery says of itself, whichever state it is in. */
export const facts = (
  delivery: Delivery | undefined,
): { state?: string; at?: number; until?: number; tries?: number; why?: string } => delivery ?? {};

/** What is owed, by key. */
export const owed = (question: Question): string[] => question.deliveries.map(({ key }) => key);

/** The same question once everything owed was carried out, save for its publications. */
export const settled = <Q extends Question>(question: Q): Q =>
  question.deliveries
    .filter(({ target }) => target.kind !== 'publication')
    .reduce((now, delivery) => done(now, delivery), question);

const saying = (id: string) => ({ id, words: `words of ${id}` });
export const asksBack = (question: Question = open(), id = 'back') => must(askBack(question, saying(id), ines.name));
export const clarifies = (question: Question = asksBack(), id = 'clear') => must(clarify(question, saying(id)));
export const followsUp = (question: Question = answered(), id = 'more') => isAnswered(followUp(question, saying(id)));
export const replies = (question: Question = followsUp(), id = 'reply') =>
  isAnswered(reply(question, saying(id), ines.name, [KOFI]));

/** Ines replaces her answer. */
export const corrects = (question: AnsweredQuestion, words = 'Corrected.') =>
  isAnswered(answer(question, { ...sending(words, words), replaces: question.answer.revision }, [KOFI]));

/** How the thread stands in a channel. */
export function standing(question: AnsweredQuestion, channel: string = CHANNEL.id): Publication {
  const publication = question.publications.find((one) => one.channel === channel);
  if (publication === undefined) throw new Error('It is not published there');
  return publication;
}

/** Takes every step towards a channel. Returns the steps, and the question as it then stands. */
export function carriedOut(
  question: AnsweredQuestion,
  channel: string = CHANNEL.id,
): { steps: string[]; now: AnsweredQuestion } {
  const steps: string[] = [];
  let now = question;
  for (;;) {
    const publication = standing(now, channel);
    const step = nextStep(now, publication);
    if (step === undefined) return { steps, now };
    if (steps.length > 100) throw new Error('It never comes to an end');
    steps.push('key' in step ? `${step.do} ${step.key}` : step.do);
    const post = { conversation: channel, activity: `activity ${steps.length}` };
    now = withPublication(now, posted(publication, step, post, now));
  }
}

/** The next post to a channel was begun, and Teams did not say whether it arrived. */
export function uncertain(question: AnsweredQuestion, channel: string = CHANNEL.id): AnsweredQuestion {
  const publication = standing(question, channel);
  return withPublication(question, unsure(begin(publication, nextStep(question, publication) as Step)));
}
