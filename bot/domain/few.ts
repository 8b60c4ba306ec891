/** Fewer people than this are not told apart. */
export const LEAST_TOLD = 5;

/**
 * How many people, as anybody may learn it. Among a few voters an exact number tells on each of them: who saw Omar press the
 * button sees the count rise, and two colleagues who voted know that the third is neither of them. So a small number stays
 * unsaid, for leaders and readers alike. No card shows a sum of such numbers, from which what is unsaid could be worked
 * out; one that does must leave out a second number with it.
 *
 * What remains: the order of a list follows the votes, so of two small numbers one sees which is larger; that somebody
 * voted at all; and, from 5 on, each further vote as it comes.
 *
 * Shown in full are the numbers of questions that are open, waiting or declined: each of these questions stands in the same
 * list for everybody to count, and none of them says who asked.
 */
export type Few = number | 'few';
export const toFew = (people: number): Few => (people > 0 && people < LEAST_TOLD ? 'few' : people);
