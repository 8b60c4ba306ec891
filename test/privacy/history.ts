import fc from 'fast-check';

/**
 * What somebody does. Numbers choose among what is there at that moment (of those who could act, the cards before them,
 * the buttons on a card), so every list of moves is a history, and so is every shorter one.
 */
export type Move =
  | { do: 'asks'; who: number; words: number }
  | { do: 'types'; who: number; what: number }
  | { do: 'presses'; who: number; button: number; choice: number }
  | { do: 'returns'; who: number; button: number; choice: number }
  | { do: 'repeats'; who: number }
  | { do: 'fails'; who: number; how: number }
  | { do: 'waits'; days: number }
  | { do: 'restarts' };

/** Which button is pressed, and what is chosen in its form. */
export type Choice = { button: number; choice: number };

const any = fc.nat({ max: 9999 });
/** Asking and pressing make up most of a life. */
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('asks'), who: any, words: any }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('types'), who: any, what: any }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('presses'), who: any, button: any, choice: any }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('returns'), who: any, button: any, choice: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeats'), who: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fails'), who: any, how: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('waits'), days: fc.nat({ max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restarts') }) },
);

export const history = fc.array(move, { minLength: 25, maxLength: 60, size: 'max' });
