import type { Question } from '../domain/question.ts';
import type { Reaction, Reactions } from '../domain/reaction.ts';

/** What keeps and counts the reactions of readers. Each stands under a tag, as votes do. */
export interface ReactionStore {
  /** In place of what this reader said before. Without one, that is forgotten, from every file. */
  putReaction(question: Pick<Question, 'id' | 'week'>, tag: string, reaction?: Reaction): Promise<void>;
  reaction(question: string, tag: string): Promise<Reaction | undefined>;
  reactions(question: string): Promise<Reactions>;
}
