import assert from 'node:assert/strict';
import type { SQLInputValue } from 'node:sqlite';
import type { Question } from '../../bot/domain/question.ts';
import { canariesOf, foundIn } from '../support/canary.ts';
import { crowd, type Person } from '../support/cast.ts';
import { type Card, textOf } from '../support/client.ts';
import { type Company, openCompany } from './company.ts';
import { openDatabase, type Row, rowsIn } from './rows.ts';

type Values = Row['values'];
type Spoil = (values: Values, others: Values[]) => Values;

const [mirela, bram] = crowd as [Person, Person];

/** The longest value of a row: what is sealed. */
const sealedIn = (values: Values): string =>
  Object.keys(values).toSorted((a, b) => String(values[b]).length - String(values[a]).length)[0] ?? '';

const withBytes = (values: Values, change: (bytes: Buffer) => Buffer): Values => {
  const column = sealedIn(values);
  const value = values[column];
  if (value instanceof Uint8Array) return { ...values, [column]: new Uint8Array(change(Buffer.from(value))) };
  return { ...values, [column]: change(Buffer.from(String(value), 'base64url')).toString('base64url') };
};

const flip =
  (nth: (size: number) => number): Spoil =>
  (values) =>
    withBytes(values, (bytes) => {
      const at = nth(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    });
const cut =
  (size: (whole: number) => number): Spoil =>
  (values) =>
    withBytes(values, (bytes) => bytes.subarray(0, size(bytes.length)));

/** What somebody who can write to the database may do to what is sealed there. */
const SPOILS: Record<string, Spoil> = {
  'the first byte changed': flip(() => 0),
  'the twelfth byte changed': flip(() => 11),
  'the thirteenth byte changed': flip(() => 12),
  'a byte in the middle changed': flip((size) => size >> 1),
  'the seventeenth byte from the end changed': flip((size) => size - 17),
  'the last byte changed': flip((size) => size - 1),
  'nothing left': cut(() => 0),
  'half of it left': cut((whole) => whole >> 1),
  'one byte less': cut((whole) => whole - 1),
  'sixteen bytes less': cut((whole) => whole - 16),
  'one byte more': (values) => withBytes(values, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])),
  'all zeros': (values) => withBytes(values, (bytes) => bytes.fill(0)),
  'that of another row': (values, [other = {}]) => ({ ...values, [sealedIn(values)]: other[sealedIn(values)] ?? null }),
};

const tableIn = ({ scene }: Company, table: string): Values[] =>
  rowsIn(scene.bot.folder).flatMap((row) => (row.table === table ? [row.values] : []));

const keyOf = (values: Values): [string, SQLInputValue] => Object.entries(values)[0] as [string, SQLInputValue];

/** Replaces a row of the running bot's database. */
function replace({ scene }: Company, table: string, values: Values): void {
  const db = openDatabase(scene.bot.folder);
  const [key, id] = keyOf(values);
  const set = Object.keys(values).map((column) => `"${column}" = ?`);
  const all = Object.values(values) as SQLInputValue[];
  const { changes } = db.prepare(`UPDATE "${table}" SET ${set.join()} WHERE "${key}" = ?`).run(...all, id);
  db.close();
  assert.equal(changes, 1, 'The premise: one row was changed');
}

/** Asks, and tells which row of a table came with it. */
async function asked(company: Company, person: Person, words: string, table: string): Promise<[Card, Values]> {
  const known = new Set(tableIn(company, table).map((values) => keyOf(values)[1]));
  const card = await company.asks(person, words);
  const fresh = tableIn(company, table).filter((values) => !known.has(keyOf(values)[1]));
  assert.equal(fresh.length, 1, `The premise: one row more in ${table}`);
  return [card, fresh[0] ?? {}];
}

const faultsIn = (lines: readonly string[]): string[] => lines.filter((line) => line.includes('"level":"fault"'));

/** Each broken Seal was logged once, by its code, and its notice is given up for ever, so that none is tried again. */
async function givesUp(company: Company, from: number, broken: number): Promise<void> {
  const notices = () =>
    tableIn(company, 'questions')
      .map(({ doc }) => JSON.parse(String(doc)) as Question)
      .flatMap(({ deliveries }) => deliveries.filter(({ target }) => target.kind === 'notice'));
  // Nothing of it reaches Teams, so that its silence does not tell when all of it is over.
  await company.scene.teams.until(() => notices().filter(({ state }) => state === 'dead').length >= broken);
  const faults = faultsIn(company.scene.bot.lines.slice(from));
  assert.deepEqual(
    faults.map((line) => (JSON.parse(line) as { code: string }).code),
    Array.from({ length: broken }, () => 'SealBroken'),
  );
  assert.deepEqual(
    notices().map((delivery) => delivery.state === 'dead' && delivery.why),
    Array.from({ length: broken }, () => 'seal-broken'),
  );
}

/** The log holds faults, each with a code, and nothing of anybody. */
function logsCodesAlone({ scene }: Company, from: number): void {
  const lines = scene.bot.lines.slice(from);
  const faults = faultsIn(lines);
  assert.ok(faults.length > 0, 'No fault was logged');
  for (const line of faults) {
    const fields = Object.keys(JSON.parse(line) as object);
    assert.deepEqual(
      fields.filter((field) => !['level', 'code', 'reference', 'status', 'where'].includes(field)),
      [],
    );
  }
  assert.deepEqual(
    foundIn(
      lines.join(''),
      crowd.flatMap((person) => canariesOf(person)),
    ),
    [],
  );
}

describe('privacy: what is sealed, spoilt', () => {
  let company: Company;
  beforeEach(async () => void (company = await openCompany()));
  afterEach(() => company.close());

  it('a Seal never opens and nothing is sent; one that was left alone does', async () => {
    const { scene } = company;
    const cards: Card[] = [];
    const [, others] = await asked(company, bram, 'A question of somebody else?', 'seals');
    for (const [what, spoil] of Object.entries(SPOILS)) {
      const [card, values] = await asked(company, mirela, `What of ${what}?`, 'seals');
      replace(company, 'seals', spoil(values, [others]));
      cards.push(card);
    }
    const { length: logged } = scene.bot.lines;
    const toAskers = () =>
      scene.teams.requests.filter(({ path }) => crowd.some(({ conversationId }) => path.includes(conversationId)));
    const before = toAskers().length;
    for (const card of cards) await scene.answered(card, 'An answer.');
    await scene.settled();
    assert.deepEqual(toAskers().slice(before), []);
    logsCodesAlone(company, logged);
    await givesUp(company, logged, cards.length);
    await scene.answered(await company.asks(mirela, 'And of a whole one?'), 'Another answer.');
    await scene.teams.until(() => toAskers().slice(before).length >= 2);
  }).timeout(20_000);

  it('two Seals changed for one another open for neither person', async () => {
    const { scene } = company;
    const [first, mirelas] = await asked(company, mirela, 'What does the one ask?', 'seals');
    const [second, brams] = await asked(company, bram, 'What does the other ask?', 'seals');
    const [key] = keyOf(mirelas);
    replace(company, 'seals', { ...brams, [key]: mirelas[key] ?? null });
    replace(company, 'seals', { ...mirelas, [key]: brams[key] ?? null });
    const { length: logged } = scene.bot.lines;
    const { length: before } = scene.teams.requests;
    for (const card of [first, second]) await scene.answered(card, 'An answer.');
    await scene.settled();
    const sent = scene.teams.requests.slice(before).map(({ path }) => path);
    for (const { conversationId } of [mirela, bram]) assert.ok(!sent.some((path) => path.includes(conversationId)));
    logsCodesAlone(company, logged);
    await givesUp(company, logged, 2);
  }).timeout(10_000);

  it('a Slip opens for nobody, shows nothing of anybody, and says so', async () => {
    const { scene } = company;
    const [, brams] = await asked(company, bram, 'What is only his to see?', 'slips');
    const [, whole] = await asked(company, mirela, 'What is hers to see?', 'slips');
    for (const [what, spoil] of Object.entries(SPOILS)) {
      replace(company, 'slips', spoil(whole, [brams]));
      const { length: logged } = scene.bot.lines;
      const shown = textOf(await scene.command(company.client(mirela), 'my questions'));
      assert.doesNotMatch(shown, /only his|hers to see/, what);
      logsCodesAlone(company, logged);
    }
    replace(company, 'slips', whole);
    assert.match(textOf(await scene.command(company.client(mirela), 'my questions')), /hers to see/);
  }).timeout(10_000);
});
