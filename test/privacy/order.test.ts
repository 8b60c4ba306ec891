import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ask } from '../../bot/app/ask.ts';
import { enter, gathered } from '../../bot/app/mix.ts';
import { scatterBatch } from '../../bot/app/scatter.ts';
import { vote } from '../../bot/app/vote.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { filesIn } from '../support/canary.ts';
import { crowd, ines, type Person } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { tablesOf, textsIn } from './rows.ts';

const QUESTIONS = 200;
/**
 * Kendall's tau of 200 random orders has a standard deviation of sqrt(2(2n+5) / 9n(n-1)) = 0.048. Five of them are passed
 * by chance once in a million runs; an order of asking that shows is 1.
 */
const BOUND = 5 * Math.sqrt((2 * (2 * QUESTIONS + 5)) / (9 * QUESTIONS * (QUESTIONS - 1)));

/** 1 where the numbers rise all the time, -1 where they fall, about 0 where they do neither. */
function kendallsTau(numbers: readonly number[]): number {
  let sum = 0;
  for (const [at, one] of numbers.entries()) for (const later of numbers.slice(at + 1)) sum += Math.sign(later - one);
  return sum / ((numbers.length * (numbers.length - 1)) / 2);
}

/** What is looked for in the raw bytes, by the row's key. */
type Rows = Map<string, string>;

/** Columns of the key, where they are not the first alone. */
const KEYS: Record<string, number> = { counts: 2, votes: 2 };

/** The rows of a table in the order in which the file gives them: compared after each act, they tell what it made. */
function rowsIn(db: DatabaseSync, table: string): Rows {
  const rows = db.prepare(`SELECT * FROM "${table}"`).all();
  return new Map(
    rows.map((row) => [
      Object.values(row)
        .slice(0, KEYS[table] ?? 1)
        .join(),
      markOf(row),
    ]),
  );
}

/** The words of a question; of other rows the end of their longest text, which stands in no other. */
function markOf(row: Record<string, SQLOutputValue>): string {
  const texts = Object.values(row).flatMap(textsIn);
  const words = texts.find((text) => text.startsWith('What about'));
  return words ?? texts.reduce((longest, text) => (text.length >= longest.length ? text : longest)).slice(-40);
}

const isUnrelated = (what: string, numbers: number[]) => {
  const tau = kendallsTau(numbers);
  assert.ok(Math.abs(tau) < BOUND, `${what}: tau is ${tau}`);
};
const placesIn = (bytes: Buffer, rows: Rows) => [...rows.values()].map((mark) => bytes.indexOf(mark));

describe('privacy: the order of what stands in the database', () => {
  const folder = useFolder();
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    app.deps = { ...app.deps, store: openSqlite(folder.file('forthright.db')) };
  });
  afterEach(async () => {
    await app.deps.store.close();
    await app.close();
  });

  const database = () => Buffer.concat(filesIn(folder.path).map(({ bytes }) => bytes));
  const asks = async (nth: number) => {
    const form = { submission: freshId(), leader: ines.aadObjectId, words: `What about matter ${nth}?` };
    return must(await ask(app.deps, app.hand(crowd[nth % crowd.length] as Person), form));
  };
  const asksAndVotes = async (nth: number) => {
    const { id } = await asks(nth);
    await vote(app.deps, app.hand(crowd[nth % crowd.length] as Person), id, true);
  };

  /** Acts 200 times. What each act made, by table, of those tables that got one row from each. */
  async function made(act: (nth: number) => Promise<unknown>): Promise<Map<string, Rows>> {
    const db = new DatabaseSync(join(folder.path, 'forthright.db'), { readOnly: true });
    const all = new Map<string, Rows>(tablesOf(db).map((table) => [table, new Map()]));
    for (let nth = 0; nth < QUESTIONS; nth += 1) {
      await act(nth);
      for (const [table, known] of all)
        for (const [key, mark] of rowsIn(db, table)) if (!known.has(key)) known.set(key, mark);
    }
    // A question changes with its vote; what is looked for is how it stands in the end.
    for (const [table, known] of all) for (const [key, mark] of rowsIn(db, table)) known.set(key, mark);
    db.close();
    return new Map([...all].filter(([, rows]) => rows.size === QUESTIONS));
  }

  it('is unrelated to the order of asking: Kendall’s tau of 200 questions is below 0.24', async () => {
    const tables = await made(asksAndVotes);
    assert.deepEqual([...tables.keys()], ['questions', 'seals', 'slips', 'votes']);
    const db = new DatabaseSync(join(folder.path, 'forthright.db'), { readOnly: true });
    for (const [table, rows] of tables) {
      const [keys, inFile] = [[...rows.keys()], [...rowsIn(db, table).keys()]];
      isUnrelated(
        `${table} by row`,
        keys.map((key) => inFile.indexOf(key)),
      );
      isUnrelated(
        `${table} by key`,
        keys.map((key) => keys.toSorted().indexOf(key)),
      );
    }
    db.close();
  }).timeout(20_000);

  const KEPT: Record<string, { mixing: { size: number; minutes: number }; of: string[]; shows: string[] }> = {
    'of questions that wait for nobody': {
      mixing: { size: 1, minutes: 0 },
      of: ['counts', 'questions', 'seals', 'slips', 'votes'],
      shows: ['questions', 'seals'],
    },
    'of questions that wait': {
      mixing: { size: 1000, minutes: 30 },
      of: ['seals', 'slips', 'waiting'],
      shows: ['seals', 'waiting'],
    },
  };
  for (const [what, { mixing, of, shows }] of Object.entries(KEPT))
    it(`is in no raw bytes either once they are scattered, ${what}: Kendall’s tau of where each row stands`, async () => {
      Object.assign(app.policy, { mixing, limits: { questions: 0, votes: QUESTIONS } });
      const tables = await made(mixing.size === 1 ? asksAndVotes : asks);
      assert.deepEqual([...tables.keys()], of);
      const before = database();
      for (const [table, rows] of tables) {
        const places = placesIn(before, rows);
        assert.ok(
          places.every((place) => place >= 0),
          `The premise: ${table} is found`,
        );
        if (shows.includes(table)) assert.ok(kendallsTau(places) > 0.5, `The premise: ${table} shows its order`);
      }
      assert.ok(await scatterBatch(app.deps.store));
      const after = database();
      for (const [table, rows] of tables) {
        const places = placesIn(after, rows);
        assert.ok(
          places.every((place) => place >= 0),
          `${table} is lost`,
        );
        isUnrelated(table, places);
        const twice = [...rows.values()].filter((mark) => after.indexOf(mark) !== after.lastIndexOf(mark));
        assert.deepEqual(twice, [], `An older copy of ${table} is left`);
      }
    }).timeout(20_000);

  it('tells no order of asking in the raw bytes either, of questions that entered together', async () => {
    const mixing = { size: QUESTIONS, minutes: 30 };
    app.policy.mixing = mixing;
    app.deps.ids = { fresh: freshId, chance: Math.random };
    const words = Array.from({ length: QUESTIONS }, (_, nth) => `matter ${String(nth).padStart(3, '0')}`);
    for (const [nth, word] of words.entries()) {
      const form = { submission: freshId(), leader: ines.aadObjectId, words: `What about ${word}?` };
      must(await ask(app.deps, app.hand(crowd[nth % crowd.length] as Person), form));
    }
    const isThere = (bytes: Buffer) => words.filter((word) => bytes.includes(word)).length;
    assert.equal(isThere(database()), 0, 'Words that wait are sealed');
    await enter(app.deps, await gathered(app.deps, (_, fault) => assert.fail(String(fault))));
    await app.deps.store.close();
    const bytes = database();
    assert.equal(isThere(bytes), QUESTIONS, 'The premise: all entered');
    isUnrelated(
      'words',
      words.map((word) => bytes.indexOf(word)),
    );
  }).timeout(20_000);

  it('would be noticed: tau of an order is 1, and of its reverse -1', () => {
    const rising = Array.from({ length: QUESTIONS }, (_, at) => at);
    assert.deepEqual([kendallsTau(rising), kendallsTau(rising.toReversed())], [1, -1]);
    assert.ok(BOUND > 0.2 && BOUND < 0.24);
  });
});
