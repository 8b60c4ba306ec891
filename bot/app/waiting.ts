import type { Seal } from './seals.ts';

/** An accepted question, sealed until it enters. */
export interface Waiting extends Seal {
  id: string;
}

/** What a Sealer does for those that wait. */
export interface WaitingSealer {
  /** The key under which a question waits to enter: unrelated to the question for whoever lacks the keys. */
  waitingId(question: string): string;
  /** Seals what was asked until it enters. */
  sealWaiting(question: string, text: string): Promise<Waiting>;
  /** Throws where it was changed or moved, or the key of its epoch is gone. */
  openWaiting(waiting: Waiting): Promise<string>;
}

/** What a Store does for those that wait. */
export interface WaitingStore {
  /** False where it waits already. */
  addWaiting(waiting: Waiting): Promise<boolean>;
  waiting(id: string): Promise<Waiting | undefined>;
  /** All that wait to enter: the few since the last mix, in no telling order. */
  allWaiting(): Promise<Waiting[]>;
  eraseWaiting(id: string): Promise<void>;
}
