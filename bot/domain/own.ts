import { isPublished } from './publication.ts';
import type { Question } from './question.ts';
import { waitsForAsker } from './thread.ts';

/** What an asker may do with a question of theirs, as it stands now. */
export interface OwnSteps {
  followUp: boolean;
  /** The leader asked them back. */
  clarify: boolean;
  /** They answered back, and may say more. */
  add: boolean;
  sign: boolean;
  withdraw: boolean;
}

export const stepsOf = (question: Question): OwnSteps => ({
  followUp: question.state === 'answered',
  clarify: waitsForAsker(question),
  add: question.state === 'open' && question.thread.at(-1)?.kind === 'clarification',
  sign: question.signed === undefined && (question.state === 'open' || question.state === 'answered'),
  withdraw: question.state === 'open' || (question.state === 'answered' && !isPublished(question)),
});
