import type { Outcome, Target } from '../domain/delivery.ts';
import type { Step } from '../domain/posting.ts';
import type { AnsweredQuestion, Place, Question } from '../domain/question.ts';
import type { Channel, Met, Seal } from './ports.ts';

/** It is not the turn of a delivery: nothing was sent. */
export class Held extends Error {
  override name = 'Held';
  /** When to come back, in milliseconds since 1970; nothing where the question has to be read again. */
  readonly until: number | undefined;

  constructor(until?: number, options?: ErrorOptions) {
    super('It is not the turn of this delivery', options);
    this.until = until;
  }
}

/**
 * Called by the Courier with the conversation, right before the first request of an attempt. Resolves once the attempt is
 * written down and may go; throws Held where it may not, which the Courier passes on.
 */
export type Go = (conversation?: string) => Promise<void>;

/** Carries messages to Teams: one call is one attempt. What a message looks like is the Courier's matter. */
export interface Courier {
  /** Sends or, where it stands already, updates the card of a place. `met` is absent where the person was never met. */
  card(sending: CardSending, go: Go): Promise<Outcome>;
  /** A few fixed words to someone with a role. */
  tell(telling: Telling, go: Go): Promise<Outcome>;
  /** Tells a curator that a stream runs dry. */
  warn(warning: DryWarning, go: Go): Promise<Outcome>;
  /** A contentless notice to the asker. */
  notice(question: string, seal: Seal, go: Go): Promise<Outcome>;
  /** Stops whom the Seal names, until that day. What is sent is nothing: the block stands. */
  block(blocking: Blocking, go: Go): Promise<Outcome>;
  /** Ends that block of theirs, and no other. */
  lift(question: string, seal: Seal, go: Go): Promise<Outcome>;
  /** One step of a publication. */
  post(posting: Posting, go: Go): Promise<Outcome>;
}

export interface Telling {
  question: Question;
  what: Extract<Target, { kind: 'tell' }>['what'];
  to: { id: string; met: Met | undefined };
}

/** A channel for which nothing is planned soon. */
export interface DryStream {
  channel: Channel;
  /** The first Slot without a thread, in milliseconds since 1970, and the zone in which it is thought of. */
  at: number;
  zone: string;
  /** How many answered threads could be planned, of as many as are proposed at once. */
  ready: number;
}

export interface DryWarning {
  dry: DryStream;
  to: Telling['to'];
}

export interface Blocking {
  question: string;
  seal: Seal;
  until: string;
}

export interface CardSending {
  question: Question;
  place: Place;
  met: Met | undefined;
}

export interface Posting {
  question: AnsweredQuestion;
  channel: Channel;
  step: Step;
}
