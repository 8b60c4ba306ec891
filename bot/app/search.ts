import type { PublishedThread } from '../domain/published.ts';
import type { AnsweredQuestion } from '../domain/question.ts';

/** What somebody looks for among the published threads. */
export interface Wanted {
  /** What they have typed so far; without any, every thread is found. */
  words: string;
  leader?: string | undefined;
  topic?: string | undefined;
  /** Where words are given, the best match comes first instead. */
  by: Order;
  /** How many of those found to leave out. */
  from: number;
  limit: number;
}

export const ORDERS = ['newest', 'helpful', 'wanted'] as const;
export type Order = (typeof ORDERS)[number];

/** A published thread as the search knows it: nothing but what every reader may see. */
export interface Findable {
  id: string;
  leader: string;
  topic: string;
  /** The day of its publication. */
  since: string;
  votes: number;
  /** How many readers say that it helped them. */
  helped: number;
  /** The question, in all its wordings. */
  asked: string;
  /** The answer, and what else was published. */
  said: string;
}

/** Finds published threads by their words. It lives in the memory of this process, whichever store keeps the threads. */
export interface Search {
  /** Replaces what it knew of this thread. */
  put(thread: Findable): void;
  drop(id: string): void;
  /** Ids, the best first. */
  find(wanted: Wanted): string[];
}

export interface Found {
  threads: AnsweredQuestion[];
  /** From where the next page begins; nothing on the last one. */
  next?: number;
}

/** The published threads as they stand in the store, found by the search. */
export interface Answers {
  find(wanted: Wanted): Promise<Found>;
  /** One of them; nothing where it is not published. */
  read(id: string): Promise<PublishedThread | undefined>;
}
