import { forgo, owe, oweFrom } from './delivery.ts';
import { alreadyPublished, inChannel, publishable, taken, targetOf, withPublication } from './publication.ts';
import {
  type AnsweredQuestion,
  isOut,
  isRetracted,
  next,
  notAnswered,
  type Publication,
  type Question,
} from './question.ts';
import type { Refusal } from './refusal.ts';

/** A channel, and the time of a Slot there, in milliseconds since 1970. */
export interface Planned {
  channel: string;
  at: number;
}

const NOT_SCHEDULED: Refusal = { refused: 'not-scheduled' };

/** Plans the thread for a Slot of a channel. It is owed from then on, so it goes out with nobody at the desk. */
export function schedule(question: Question, by: string, { channel, at }: Planned): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  const known = taken(question, channel);
  if (known?.state === 'scheduled' && known.at === at) return question;
  if (known !== undefined) return alreadyPublished(known);
  const { notNow: _notNow, ...rest } = question;
  const planned: Publication = { channel, by, state: 'scheduled', at, parts: [] };
  const publications = [...question.publications.filter((one) => one.channel !== channel), planned];
  // What was said since a thread went out elsewhere is agreed to for all channels at once, by "Publish the rest".
  const agreed = question.publications.some((one) => !isRetracted(one))
    ? question.agreed
    : publishable(question.thread);
  return oweFrom(next({ ...rest, publications, agreed }), at, targetOf(channel));
}

/** Moves it to another time. */
export function reschedule(question: Question, by: string, { channel, at }: Planned): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  const known = inChannel(question, channel);
  if (known?.state !== 'scheduled') return NOT_SCHEDULED;
  if (known.at === at) return question;
  return oweFrom(next(withPublication(question, { ...known, by, at })), at, targetOf(channel));
}

/** Takes it off the plan. */
export function unschedule(question: Question, channel: string): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  if (inChannel(question, channel)?.state !== 'scheduled') return NOT_SCHEDULED;
  const publications = question.publications.filter((one) => one.channel !== channel);
  return forgo(next({ ...question, publications }), targetOf(channel));
}

/**
 * Takes a published thread out of a channel, openly: each post becomes a tombstone with the reason. Its asker gets the
 * contentless notice, its leader is told. The words stay in the store.
 */
export function retract(
  question: Question,
  by: string,
  { channel, reason }: { channel: string; reason: string },
): Question | Refusal {
  const known = question.state === 'answered' ? inChannel(question, channel) : undefined;
  if (question.state !== 'answered' || known === undefined) return { refused: 'not-published' };
  if (known.state === 'retracted') {
    const { retraction } = known;
    return retraction.by === by && retraction.reason === reason
      ? question
      : { refused: 'retracted', by: retraction.by };
  }
  if (!isOut(known)) return { refused: 'not-published' };
  const retracted = withPublication(question, { ...known, state: 'retracted', retraction: { by, reason } });
  const { leader } = question;
  return owe(
    next(retracted),
    targetOf(channel),
    { kind: 'notice' },
    { kind: 'tell', person: leader, what: 'retracted' },
  );
}

/** What is planned for a channel, or for any, soonest first. */
export const plannedIn = ({ publications }: AnsweredQuestion, channel?: string): (Planned & { by: string })[] =>
  publications
    .flatMap((one) => (one.state === 'scheduled' ? [{ channel: one.channel, at: one.at, by: one.by }] : []))
    .filter((one) => channel === undefined || one.channel === channel)
    .toSorted((a, b) => a.at - b.at);
