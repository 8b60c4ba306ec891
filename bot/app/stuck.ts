import type { Delivery } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';

/** The part of the Store that finds what was not delivered. */
export interface StuckStore {
  /** Questions of which something waits for another try, is uncertain or was given up, in no telling order. */
  stuck(limit: number): Promise<Question[]>;
  /** How many deliveries of all questions are in each state. Cheap: it may be asked every few seconds. */
  deliveries(): Promise<Record<Delivery['state'], number>>;
}
