import assert from 'node:assert/strict';
import { amend, owe, type Standing } from '../../bot/domain/delivery.ts';
import type { OpenQuestion } from '../../bot/domain/question.ts';
import type { Given } from './contract.ts';
import { sample } from './samples.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const STANDINGS: Standing[] = [
  { state: 'due', at: 0 },
  { state: 'planned', at: NOW },
  { state: 'claimed', until: NOW, fence: '1', tries: 0 },
  { state: 'waiting', until: NOW, why: '429', tries: 1 },
  { state: 'uncertain' },
  { state: 'dead', why: '403' },
  { state: 'dropped', by: 'Kofi Tamarisk', reason: 'She left.' },
];
const [due, planned, claimed, waiting, uncertain, dead, dropped] = STANDINGS as [Standing, ...Standing[]];

/** A question whose deliveries stand like this. */
function standing(...standings: (Standing | undefined)[]): OpenQuestion {
  const targets = standings.map((_, at) => ({ kind: 'card', place: `place ${at}` }) as const);
  const owed = owe(sample(), ...targets);
  return owed.deliveries.reduce((now, delivery, at) => amend(now, delivery, standings[at] ?? STANDINGS[0]!), owed);
}

export function stuckContract(store: Given): void {
  const addAll = async (...questions: OpenQuestion[]) => {
    for (const question of questions) await store().add(question);
  };

  const version = async (id: string): Promise<string> => (await store().question(id))?.version ?? '';

  describe('what was not delivered', () => {
    it('is found: what waits for another try, is uncertain or was given up, among whatever else is owed', async () => {
      const stuck = [standing(waiting), standing(uncertain), standing(dead), standing(due, dead, claimed)];
      await addAll(
        ...stuck,
        sample(),
        standing(due),
        standing(planned),
        standing(claimed),
        standing(dropped),
        standing(dropped, due),
      );
      const found = await store().stuck(10);
      assert.deepEqual(new Map(found.map((one) => [one.id, one])), new Map(stuck.map((one) => [one.id, one])));
    });

    it('is found no more than asked for', async () => {
      await addAll(...Array.from({ length: 5 }, () => standing(dead)));
      assert.equal((await store().stuck(3)).length, 3);
    });

    it('is found no more once it was settled', async () => {
      const question = standing(dead);
      await addAll(question);
      await store().save({ ...question, deliveries: [] }, await version(question.id));
      assert.deepEqual(await store().stuck(10), []);
    });

    it('is counted with every other delivery, by state', async () => {
      assert.deepEqual(await store().deliveries(), {
        due: 0,
        planned: 0,
        claimed: 0,
        waiting: 0,
        uncertain: 0,
        dead: 0,
        dropped: 0,
      });
      await addAll(standing(...STANDINGS), standing(due, due, dead), standing(dead), standing(due), sample());
      const expected = { due: 4, planned: 1, claimed: 1, waiting: 1, uncertain: 1, dead: 3, dropped: 1 };
      assert.deepEqual(await store().deliveries(), expected);
      const question = standing(claimed);
      await addAll(question);
      const changed = { ...question, deliveries: standing(dead, dead).deliveries };
      await store().save(changed, await version(question.id));
      assert.deepEqual(await store().deliveries(), { ...expected, dead: 5 });
    });
  });
}
