import type { Question } from '../domain/question.ts';
import type { Stage } from '../domain/stage.ts';

export interface StageListing {
  stage: Stage;
  leader?: string | undefined;
  /** Where the last page ended. Nothing else is needed to go on, so any instance can. */
  after?: string | undefined;
  limit: number;
}

/** The part of the Store that lists questions as the board shows them. */
export interface StageStore {
  /**
   * Questions in one stage, of one leader or of all: what waits by its week, what is scheduled by its time, what was answered the
   * oldest first, what was published or declined the newest first. Those alike come in no telling order.
   */
  staged(listing: StageListing): Promise<{ questions: Question[]; next?: string }>;
  /** How many there are, counted up to COUNTED. */
  countStaged(of: Pick<StageListing, 'stage' | 'leader'>): Promise<number>;
  /** Lists what an earlier release kept, so many at most, where opening the store did not. How many it listed. */
  listEarlier(limit: number): Promise<number>;
}
