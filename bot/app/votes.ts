import type { Question } from '../domain/question.ts';

/** A vote as it is kept. */
export interface Vote {
  /** One for each question and person: a second vote finds the first. */
  tag: string;
  /** Who gave it, sealed: for the keys of that week alone. Absent in votes from before there was such a mark. */
  voter?: string;
}

/** The votes on one question. */
export interface Ballot {
  question: Pick<Question, 'id' | 'week'>;
  votes: readonly Vote[];
}

/** What Store does for votes. */
export interface VoteStore {
  /** False where this voter voted already. */
  addVote(question: Ballot['question'], tag: string, voter?: string): Promise<boolean>;
  /** False where there was no such vote. */
  eraseVote(question: string, tag: string): Promise<boolean>;
  /** Which of these (question, tag) pairs are votes. */
  voted(pairs: { question: string; tag: string }[]): Promise<Set<string>>;
  votes(question: string): Promise<number>;
  /** Every vote on a question. */
  ballot(question: string): Promise<Vote[]>;
}

/** What Sealer does for votes. */
export interface VoteSealer {
  /** How many people stand behind these votes, each counted once. Throws EpochGone. */
  countVoters(ballots: readonly Ballot[]): Promise<number>;
}

/** What an asker's hand does for votes. */
export interface VotingHand {
  /** Made with the keys of the question's own week, and gone with them: nothing then. */
  voteTag(question: Ballot['question']): string | undefined;
  /** Seals who votes, for this vote alone. Throws EpochGone. */
  sealVoter(question: Ballot['question'], tag: string): string;
}

/** A question with those that were merged into it: a vote on one of them counts for all. */
export const ballotsOf = ({ id, week, wordings = [] }: Question): Ballot['question'][] => [{ id, week }, ...wordings];
