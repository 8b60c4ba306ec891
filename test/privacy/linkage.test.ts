import assert from 'node:assert/strict';
import { CHANNEL, devi, ines, kaia, kofi, otto, TEAM, TENANT } from '../support/cast.ts';
import { liveTogether, openCompany, type Company } from './company.ts';
import { type Row, rowsIn, textsIn } from './rows.ts';

/** Shorter values are shared by chance, as states, weeks and counts are. */
const TELLING = 12;

/** High enough for what these five do: then acts are counted, and the counts are looked at too. */
const LIMITS = { limits: { questions: 4, votes: 12 } };

const roles = [ines, otto, devi, kofi, kaia];
const OF_ROLES = new Set(
  roles.flatMap((one) => [one.aadObjectId, one.name, one.conversationId, one.conversationId.slice(2)]),
);
const OF_ALL: string[] = [CHANNEL.id, TEAM.id, TEAM.name, TEAM.aadGroupId, TENANT.id];
/** What may stand in several rows, and why it tells nothing of an asker. */
const MAY_REPEAT: [why: string, is: (value: string) => boolean][] = [
  ['people with roles, and their chats, are named where cards stand before them', (value) => OF_ROLES.has(value)],
  ['the place of a card is named after its reader', (value) => OF_ROLES.has(value.replace(/^\w+:/, ''))],
  ['the channel, its team and the tenant are the same for all', (value) => OF_ALL.some((one) => one.includes(value))],
  ['the service URL is that of Teams', (value) => value.startsWith('http://127.0.0.1:')],
  ['room that is left free is zeros', (value) => /^A+$/.test(value)],
];

const questionsIn = (rows: Row[]): string[] =>
  rows.flatMap(({ table, values }) => (table === 'questions' ? [String(values['id'])] : []));

/** Every value of a row and every word of it: a value hidden in a longer one is found too. */
function valuesOf({ values }: Row): Set<string> {
  const texts = Object.values(values).flatMap(textsIn);
  const words = texts.flatMap((text) => text.split(/[\s:;,|/]+/));
  return new Set([...texts, ...words].filter((value) => value.length >= TELLING));
}

/** Values that stand in several rows, as "value: tables"; those that may are left out. */
function repeatsIn(rows: Row[]): string[] {
  const questions = new Set(questionsIn(rows));
  const places = new Map<string, string[]>();
  for (const row of rows) {
    // A vote belongs to its question for everybody to see, and to nobody besides.
    const values = [...valuesOf(row)].filter((value) => !(row.table === 'votes' && questions.has(value)));
    for (const value of values) places.set(value, [...(places.get(value) ?? []), row.table]);
  }
  return [...places]
    .filter(([value, tables]) => tables.length > 1 && !mayRepeat(value))
    .map(([value, tables]) => `${value}: ${tables.join(', ')}`);
}

const mayRepeat = (value: string): boolean => MAY_REPEAT.some(([, is]) => is(value));

/** Values of what is sealed or tagged: nothing of them may repeat, not even a part. */
const OPEN_TABLES = new Set(['questions', 'met', 'channels']);
const sealedIn = (rows: Row[]): { table: string; text: string }[] => {
  const questions = new Set(questionsIn(rows));
  return rows
    .filter(({ table }) => !OPEN_TABLES.has(table))
    .flatMap(({ table, values }) => [
      {
        table,
        text: Object.values(values)
          .flatMap(textsIn)
          .filter((text) => text.length >= TELLING && !questions.has(text))
          .join('\n'),
      },
    ]);
};

/** Runs of characters that stand in two sealed rows. */
function sharedRuns(rows: Row[], length = TELLING): string[] {
  const first = new Map<string, number>();
  const shared: string[] = [];
  for (const [at, { table, text }] of sealedIn(rows).entries()) {
    for (let from = 0; from + length <= text.length; from += 1) {
      const run = text.slice(from, from + length);
      if ((first.get(run) ?? at) !== at) shared.push(`${run}: ${table}`);
      else first.set(run, at);
    }
  }
  return shared;
}

const countIn = (rows: Row[], table: string): number => rows.filter((row) => row.table === table).length;

const sizesOf = (rows: Row[], table: string): Set<string> =>
  new Set(
    rows
      .filter((row) => row.table === table)
      .map(({ values }) => JSON.stringify(Object.values(values).map((value) => textsIn(value).join('').length))),
  );

describe('privacy: what stands in the database', () => {
  let company: Company;
  let rows: Row[];
  before(async function () {
    this.timeout(20_000);
    company = await openCompany(LIMITS);
    await liveTogether(company);
    rows = rowsIn(company.scene.bot.folder);
  });
  after(() => company.close());

  it('comes from five people who asked, voted and followed up: the premise', () => {
    assert.equal(countIn(rows, 'questions'), 10);
    assert.equal(countIn(rows, 'votes'), 50);
    assert.ok(countIn(rows, 'slips') >= 10);
    assert.equal(countIn(rows, 'seals'), 10);
    assert.equal(countIn(rows, 'counts'), 60);
  });

  it('has no value in two rows that belongs to an asker', () => assert.deepEqual(repeatsIn(rows), []));

  it('has no run of twelve characters in two rows that are sealed or tagged', () =>
    assert.deepEqual(sharedRuns(rows), []));

  it('has Seals of one size, and Slips of one size', () => {
    assert.equal(sizesOf(rows, 'seals').size, 1);
    assert.equal(sizesOf(rows, 'slips').size, 1);
  });

  it('tells no time but weeks, the day in which acts are counted, on which leaders and curators acted, and that of the lease', () => {
    const now = Date.now();
    const isNow = (value: string) => [1, 1000].some((unit) => Math.abs(Number(value) * unit - now) < 86_400_000);
    const texts = rows.flatMap(({ table, values }) =>
      Object.entries(values).flatMap(([column, value]) =>
        textsIn(value).map((text) => ({ at: `${table}.${column}`, text })),
      ),
    );
    const times = texts.filter(({ text }) => /\d{4}-\d\d-\d\d/.test(text) || isNow(text));
    // A lease is kept every ten seconds, whatever anybody does.
    const places = ['counts.day', 'leases.until', 'questions.doc', 'questions.since'];
    assert.deepEqual([...new Set(times.map(({ at }) => at))].toSorted(), places);
    const ofQuestions = times.filter(({ at }) => at.startsWith('questions.'));
    for (const { at, text } of ofQuestions) assert.match(text, /^\d{4}-\d\d-\d\d$/, at);
  });

  it('shares nothing with the database of another installation with the same people', async () => {
    const other = await openCompany(LIMITS);
    try {
      await liveTogether(other);
      const others = rowsIn(other.scene.bot.folder);
      const values = new Set(
        others.filter(({ table }) => !OPEN_TABLES.has(table)).flatMap((row) => [...valuesOf(row)]),
      );
      const mine = rows.filter(({ table }) => !OPEN_TABLES.has(table)).flatMap((row) => [...valuesOf(row)]);
      assert.deepEqual(
        mine.filter((value) => values.has(value)),
        [],
      );
      assert.deepEqual(
        questionsIn(rows).filter((id) => questionsIn(others).includes(id)),
        [],
      );
    } finally {
      await other.close();
    }
  }).timeout(20_000);
});
