import type { Deps } from '../../bot/app/ports.ts';
import { freshId } from '../support/app.ts';
import { answered, open } from '../support/questions.ts';

/** As many answered questions as comms may have before them. */
export const MANY = 10_000;
const AT_ONCE = 500;
const PLACES = ['harbour', 'canteen', 'tower', 'workshop'];

/** Puts them into the store as if everything owed for them had long been carried out. */
export async function fillBoard({ store }: Pick<Deps, 'store'>): Promise<void> {
  for (let from = 0; from < MANY; from += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, n) => {
      const number = from + n;
      const words = `Why does the ${PLACES[number % PLACES.length]} ${number} close earlier than it did last year?`;
      return { ...answered(open({ id: freshId(), words })), places: [], deliveries: [], votes: number % 40 };
    });
    await Promise.all(some.map((question) => store.add(question)));
  }
}
