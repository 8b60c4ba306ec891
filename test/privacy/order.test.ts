import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ask } from '../../bot/app/ask.ts';
import { enter, gathered } from '../../bot/app/mix.ts';
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

/** The keys of a table's rows in the order in which the file gives them: compared after each act, they tell what it made. */
function keysIn(db: DatabaseSync, table: string): string[] {
  const rows = db.prepare(`SELECT * FROM "${table}"`).all();
  return rows.map((values) => textsIn(Object.values(values)[0]).join());
}

describe('privacy: the order of what stands in the database', () => {
  const folder = useFolder();
  let app: App;
  beforeEach(() => {
    app = openApp();
    app.deps = { ...app.deps, store: openSqlite(folder.file('forthright.db')) };
  });
  afterEach(async () => {
    await app.deps.store.close();
    await app.close();
  });

  const database = () => Buffer.concat(filesIn(folder.path).map(({ bytes }) => bytes));

  const asks = async (person: Person, nth: number) => {
    const form = { submission: freshId(), leader: ines.aadObjectId, words: `What about matter ${nth}?` };
    const { id } = must(await ask(app.deps, app.hand(person), form));
    await vote(app.deps, app.hand(person), id, true);
  };

  it('is unrelated to the order of asking: Kendall’s tau of 200 questions is below 0.24', async () => {
    const db = new DatabaseSync(join(folder.path, 'forthright.db'), { readOnly: true });
    const made = new Map(tablesOf(db).map((table) => [table, [] as string[]]));
    for (let nth = 0; nth < QUESTIONS; nth += 1) {
      await asks(crowd[nth % crowd.length] as Person, nth);
      for (const [table, keys] of made) {
        const known = new Set(keys);
        keys.push(...keysIn(db, table).filter((key) => !known.has(key)));
      }
    }
    const measured = [...made].filter(([, keys]) => keys.length === QUESTIONS);
    assert.deepEqual(
      measured
        .map(([table]) => table)
        .filter((table) => /questions|seals|slips/.test(table))
        .toSorted(),
      ['questions', 'seals', 'slips'],
    );
    for (const [table, keys] of measured) {
      const order = new Map(keysIn(db, table).map((key, at) => [key, at]));
      const byRow = kendallsTau(keys.map((key) => order.get(key) ?? -1));
      const byId = kendallsTau(keys.map((key) => keys.toSorted().indexOf(key)));
      for (const tau of [byRow, byId]) assert.ok(Math.abs(tau) < BOUND, `${table}: tau is ${tau}`);
    }
    db.close();
  }).timeout(20_000);

  it('tells no order of asking in the raw bytes either, of questions that entered together', async () => {
    const mixing = { size: QUESTIONS, minutes: 30 };
    app.deps = { ...app.deps, mixing, ids: { fresh: freshId, chance: Math.random } };
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
    const tau = kendallsTau(words.map((word) => bytes.indexOf(word)));
    assert.ok(Math.abs(tau) < BOUND, `tau is ${tau}`);
  }).timeout(20_000);

  it('would be noticed: tau of an order is 1, and of its reverse -1', () => {
    const rising = Array.from({ length: QUESTIONS }, (_, at) => at);
    assert.deepEqual([kendallsTau(rising), kendallsTau(rising.toReversed())], [1, -1]);
    assert.ok(BOUND > 0.2 && BOUND < 0.24);
  });
});
