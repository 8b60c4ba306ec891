import assert from 'node:assert/strict';
import { shuffle } from '../../bot/app/shuffle.ts';
import { seeded } from '../support/chance.ts';
import { type Life, live } from './life.ts';
import { type During, type Point, pointsOn, type StoreKind } from './points.ts';
import { cosmosIn } from './rest-cosmos.ts';
import { sqliteIn } from './rest.ts';

/** `npm run test:crash` kills at every point, `CRASH_ROUNDS` times, in histories by `CRASH_SEED`; `npm test` at a few. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 0);
const SEED = Number(process.env['CRASH_SEED'] ?? 20_261_123);
const LIFE_MS = 90_000;
const AT_ONCE = 4;

interface Stage {
  on: Life['on'];
  /** By name: where `npm test` kills. */
  few: string[];
}

const STAGES: Record<StoreKind, Stage> = {
  SQLite: {
    on: sqliteIn,
    few: [
      'after the durable write, before the acknowledgement',
      'sent, activity id not saved',
      'capsule opened, notice not sent',
      'its id saved, Delivery not done',
      'log emptied, Seal still there',
      'keys gone from the file, its old bytes not overwritten',
    ],
  },
  'Cosmos DB': {
    on: cosmosIn,
    few: [
      'after the durable write, before the acknowledgement',
      'sent, activity id not saved',
      'Seal erased, Slip still there',
      'some containers made',
      'some rows erased',
    ],
  },
};

/** Those that can follow one another in one folder; the others need one of their own. */
const KINDS: readonly (readonly During[])[] = [
  ['asks', 'answers', 'publishes', 'publishes in two channels', 'votes', 'follows up', 'withdraws', 'turn of the week'],
  ['asks, mixed', 'withdraws, waiting'],
];
const DEATHS_A_LIFE = 8;

/** All of these, each in one life. */
function intoLives(points: readonly Point[], seed: number): Point[][] {
  const chance = seeded(seed);
  const chained = KINDS.flatMap((kind) => {
    const all = shuffle(
      points.filter(({ during }) => kind.includes(during)),
      { chance },
    );
    return Array.from({ length: Math.ceil(all.length / DEATHS_A_LIFE) }, () => all.splice(0, DEATHS_A_LIFE));
  });
  const alone = points.filter(({ during }) => !KINDS.flat().includes(during));
  return [...chained, ...alone.map((point) => [point])];
}

const lives = (points: readonly Point[], few: string[]): Point[][] =>
  ROUNDS === 0
    ? intoLives(
        points.filter(({ name }) => few.includes(name)),
        SEED,
      )
    : Array.from({ length: ROUNDS }, (_, round) => intoLives(points, SEED + round)).flat();

for (const store of ['SQLite', 'Cosmos DB'] as const)
  describe(`killed at any moment, the bot loses nothing, doubles nothing, and tears nothing: ${store}`, () => {
    const { on, few } = STAGES[store];
    const points = pointsOn(store);
    const all = lives(points, few);
    const lived: Promise<void>[] = [];
    before(() => {
      const ended: Promise<void>[] = [];
      for (const [nth, points] of all.entries()) {
        const life = Promise.resolve(ended[nth - AT_ONCE]).then(() => live({ points, seed: SEED + nth, on }));
        lived.push(life);
        ended.push(life.catch(() => {}));
      }
    });

    for (const [nth, points] of all.entries()) {
      const [first] = points;
      const what = points.length === 1 ? `${first?.during}: ${first?.name}` : `${points.length} deaths`;
      it(`life ${nth + 1}, ${what}`, async () => lived[nth]).timeout(LIFE_MS * Math.ceil(all.length / AT_ONCE));
    }

    it('dies as often as it says: the premise', () => {
      const reached = new Set(all.flat().map(({ during, name }) => `${during}: ${name}`));
      assert.equal(reached.size, ROUNDS === 0 ? few.length : points.length);
      if (ROUNDS > 1) assert.ok(all.flat().length >= 100);
    });
  });
