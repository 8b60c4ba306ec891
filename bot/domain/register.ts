import type { DeclinedQuestion } from './question.ts';

/** A question about one person would do its harm in a public list: the entry stays, its words are not shown there. */
export const wordsInRegister = ({ words, decline }: DeclinedQuestion): string | undefined =>
  decline.reason === 'personal' ? undefined : words;
