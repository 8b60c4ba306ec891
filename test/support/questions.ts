import { answer } from '../../bot/domain/answer.ts';
import { done } from '../../bot/domain/delivery.ts';
import { nextStep, posted, publish, withPublication } from '../../bot/domain/publication.ts';
import { type AnsweredQuestion, ask, type OpenQuestion, type Question } from '../../bot/domain/question.ts';
import type { Refusal } from '../../bot/domain/refusal.ts';
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

/** What is owed, by key. */
export const owed = (question: Question): string[] => question.deliveries.map(({ key }) => key);

/** The same question once everything owed was carried out, save for its publications. */
export const settled = <Q extends Question>(question: Q): Q =>
  question.deliveries
    .filter(({ target }) => target.kind !== 'publication')
    .reduce((now, delivery) => done(now, delivery), question);

/** Takes every step of the publication in a channel. Returns the steps, and the question as it then stands. */
export function posting(
  question: AnsweredQuestion,
  channel: string = CHANNEL.id,
): { steps: string[]; now: AnsweredQuestion } {
  const steps: string[] = [];
  let now = question;
  for (;;) {
    const publication = now.publications.find((one) => one.channel === channel);
    const step = publication && nextStep(now, publication);
    if (publication === undefined || step === undefined) return { steps, now };
    steps.push('key' in step ? `${step.do} ${step.key}` : step.do);
    const post = { conversation: channel, activity: `activity ${steps.length}` };
    now = withPublication(now, posted(publication, step, post, now));
  }
}
