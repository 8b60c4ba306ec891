import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Kept, Store } from '../../bot/app/ports.ts';
import { agreeToEdit, proposeEdit, refuseEdit } from '../../bot/domain/edit.ts';
import { carry, merge } from '../../bot/domain/merge.ts';
import { withdraw } from '../../bot/domain/life.ts';
import type { Question } from '../../bot/domain/question.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { useFolder } from '../support/folder.ts';
import { fresh, sample, WEEK } from './samples.ts';

/** A leaf of the tree that holds whole rows (SQLite file format, "B-tree pages"). */
const LEAF = 0x0a;
const FIRST_WORDS = 'Xylophagous beetles';
/** Beyond what fits beside other rows on a page. */
const LONG_WORDS = `${FIRST_WORDS} ${'eat the board room table. '.repeat(400)}Quizzaciously yours`;

/** Which files of the folder still hold the canary. */
const holding = (folder: string, canary: string): string[] =>
  filesIn(folder)
    .filter(({ bytes }) => foundIn(bytes, canaryOf('canary', canary)).length > 0)
    .map(({ file }) => file);

describe('What was erased from SQLite', () => {
  const folder = useFolder();
  let store: Store;
  beforeEach(() => void (store = openSqlite(folder.file('forthright.db'))));
  afterEach(() => store.close());

  const add = async (words: string): Promise<Question> => {
    const question = sample({ words });
    await store.add(question);
    return question;
  };
  const save = async ({ id }: Question, change: (now: Question) => unknown) => {
    const { question: now, version } = (await store.question(id)) as Kept;
    await store.save(change(now) as Question, version);
    return (await store.question(id))?.question as Question;
  };
  const takeBack = (question: Question) => save(question, withdraw);
  const propose = (question: Question, words: string) =>
    save(question, (now) => proposeEdit(now, { id: 'proposal', words, reason: 'It names somebody', by: 'Kofi' }));
  const decide = (question: Question, by: typeof agreeToEdit) => save(question, (now) => by(now, 'proposal'));
  const isThere = (canary: string) => assert.notDeepEqual(holding(folder.path, canary), [], 'It never was there');
  const isGone = (canary: string) => assert.deepEqual(holding(folder.path, canary), []);

  for (const [length, words] of Object.entries({ short: FIRST_WORDS, long: LONG_WORDS })) {
    it(`is in no byte of any file: the ${length} words of a withdrawn question`, async () => {
      await add('Something that stays');
      const question = await add(words);
      isThere(FIRST_WORDS);
      await takeBack(question);
      isGone(FIRST_WORDS);
      isGone('Quizzaciously');
      isGone('board room table');
      isThere('Something that stays');
    });
  }

  it('is in no byte: words that came to rest in the database before they were withdrawn', async () => {
    const question = await add(LONG_WORDS);
    await store.close();
    store = openSqlite(folder.file('forthright.db'));
    assert.deepEqual(holding(folder.path, FIRST_WORDS), ['forthright.db']);
    await takeBack(question);
    isGone(FIRST_WORDS);
  });

  it('is in no byte: every earlier state of the words, drafts with them', async () => {
    const question = await add('The final words');
    for (const words of ['Antediluvian draft', 'Brobdingnagian draft']) {
      const kept = (await store.question(question.id)) as Kept;
      await store.save({ ...kept.question, state: 'open', draft: { words, by: 'ines' } }, kept.version);
      isThere(words);
    }
    await takeBack(question);
    isGone('Antediluvian');
    isGone('Brobdingnagian');
  });

  it('is in no byte: words that their asker let a curator change, nor what they would not agree to', async () => {
    for (const words of [FIRST_WORDS, LONG_WORDS]) {
      const question = await add(words);
      await propose(question, 'Antediluvian words');
      isThere('Antediluvian');
      await decide(question, refuseEdit);
      isGone('Antediluvian');
      await propose(question, 'Brobdingnagian words');
      isThere(FIRST_WORDS);
      await decide(question, agreeToEdit);
      isGone(FIRST_WORDS);
      isGone('Quizzaciously');
      isThere('Brobdingnagian');
    }
  });

  it('is in no byte: a wording that its asker took back from the question that carried it', async () => {
    const [into, question] = [await add('Something that stays'), await add(LONG_WORDS)];
    const merged = await save(question, (now) => merge(now, into, 'Kofi'));
    await save(into, (now) => carry(now, merged));
    const back = await save(question, withdraw);
    isThere(FIRST_WORDS);
    await save(into, (now) => carry(now, back));
    isGone(FIRST_WORDS);
    isGone('Quizzaciously');
    isThere('Something that stays');
  });

  it('stands in no log beside the time of a lease, which would tell within seconds when it was written', async () => {
    for (let beat = 1; beat <= 3; beat += 1) {
      await add(FIRST_WORDS);
      assert.deepEqual(holding(folder.path, FIRST_WORDS).includes('forthright.db-wal'), true, 'The premise');
      await store.lease('jobs', { holder: 'Antediluvian', now: beat, ms: 1 });
      assert.deepEqual(holding(folder.path, 'Antediluvian'), ['forthright.db']);
      assert.deepEqual(holding(folder.path, FIRST_WORDS), ['forthright.db']);
    }
  });

  it('stands in no log beside the time of a claim, nor does who made it once they let go', async () => {
    for (let until = 1; until <= 3; until += 1) {
      await add(FIRST_WORDS);
      assert.deepEqual(holding(folder.path, FIRST_WORDS).includes('forthright.db-wal'), true, 'The premise');
      await store.putClaim({ question: 'a question', by: 'Antediluvian', until });
      assert.deepEqual(holding(folder.path, 'Antediluvian'), ['forthright.db']);
      assert.deepEqual(holding(folder.path, FIRST_WORDS), ['forthright.db']);
    }
    await store.eraseClaim('a question', 'Antediluvian');
    isGone('Antediluvian');
  });

  it('is in no byte: a Seal', async () => {
    const [id, capsule] = [fresh(), fresh().repeat(64)];
    await store.putSeal(id, { epoch: '2026-W48', capsule });
    isThere(capsule.slice(0, 44));
    await store.eraseSeal(id);
    isGone(capsule.slice(0, 44));
    isGone(capsule.slice(-44));
    isGone(id);
  });

  it('is in no byte: what waited to enter, among others that stay, in whatever order it goes', async () => {
    for (const rows of [1, 3, 100]) {
      const all = Array.from({ length: rows }, () => ({ id: fresh(), epoch: WEEK, capsule: fresh().repeat(500) }));
      for (const row of all) await store.addWaiting(row);
      isThere(all[0]?.capsule.slice(0, 44) ?? '');
      // Half of them go first: what is left is moved together, and copies of rows may stay behind.
      for (const goes of [all.filter((_, n) => n % 2 === 0), all.filter((_, n) => n % 2 === 1)]) {
        for (const { id } of goes) await store.eraseWaiting(id);
        for (const { capsule } of goes) isGone(capsule.slice(0, 44));
      }
    }
  });

  it('is in no byte: a Slip that was blanked', async () => {
    const [tag, slip, blank] = [fresh(), fresh(), fresh()];
    await store.addSlip(WEEK, tag, slip);
    isThere(slip);
    await store.putSlip(WEEK, tag, blank);
    isGone(slip);
    isThere(blank);
  });

  it('is in no byte: a vote that was taken back, voted again and taken back', async () => {
    const [question, tag] = [fresh(), fresh()];
    for (const _round of [1, 2]) {
      await store.addVote({ id: question, week: WEEK }, tag);
      isThere(tag);
      await store.eraseVote(question, tag);
      isGone(tag);
    }
  });

  it('is in no byte: what a reader said of an answer, once they took it back', async () => {
    const [question, tag] = [fresh(), fresh()];
    await store.putReaction({ id: question, week: WEEK }, tag, 'helped');
    await store.putReaction({ id: question, week: WEEK }, tag, 'not');
    isThere(tag);
    await store.putReaction({ id: question, week: WEEK }, tag);
    isGone(tag);
  });

  it('is in no byte: what was counted of a day, of one person or of a crowd', async () => {
    for (const rows of [1, 3, 40, 2000]) {
      const values = Array.from({ length: rows }, () => [fresh(), fresh()] as const);
      for (const [tag, act] of values) await store.addCount('2026-11-23', tag, act);
      isThere(values[0]?.[0] ?? '');
      await store.forgetCounts('2026-11-24');
      const files = filesIn(folder.path).map(({ bytes }) => bytes.toString('latin1'));
      const left = values.flat().filter((value) => files.some((bytes) => bytes.includes(value)));
      assert.deepEqual(left, [], `${rows} rows`);
    }
  }).timeout(20_000);

  it('is in no byte: a block that was lifted, or whose day has come, among others that stand', async () => {
    for (const rows of [1, 3, 12, 200]) {
      const all = Array.from({ length: rows }, (_, n) => {
        const until = n % 3 === 0 ? '2026-11-24' : '2027-11-24';
        return { tag: fresh(), mark: fresh(), epoch: WEEK, until };
      });
      for (const row of all) await store.addBlock(row);
      isThere(all[0]?.tag ?? '');
      await store.eraseBlocks('2026-11-24');
      const lifted = all.filter((_, n) => n % 3 === 1);
      for (const { mark } of lifted) await store.eraseBlock(mark);
      const files = filesIn(folder.path).map(({ bytes }) => bytes.toString('latin1'));
      const gone = [...all.filter((_, n) => n % 3 === 0), ...lifted].flatMap(({ tag, mark }) => [tag, mark]);
      assert.deepEqual(
        gone.filter((value) => files.some((bytes) => bytes.includes(value))),
        [],
        `${rows} rows`,
      );
    }
  });

  it('leaves no copy where rows moved: words never share a page with other rows', async () => {
    // SQLite zeroes what it deletes, but not what it leaves behind when it moves rows from a full page to a new one. One
    // withdrawn question in a hundred stayed readable that way. Words on pages of their own are never moved.
    // How much of a row its page takes depends on its length alone, and repeats every 1,020 bytes.
    const lengths = Array.from({ length: 60 }, (_, n) => n * 20);
    for (const length of lengths) await add(`${FIRST_WORDS} ${'x'.repeat(length)}`);
    await store.close();
    const bytes = filesIn(folder.path).find(({ file }) => file === 'forthright.db')?.bytes ?? Buffer.alloc(0);
    const size = bytes.readUInt16BE(16);
    const pages = Array.from({ length: bytes.length / size }, (_, n) => bytes.subarray(n * size, (n + 1) * size));
    const withWords = pages.filter((page) => page.includes(FIRST_WORDS));
    assert.equal(withWords.length, lengths.length);
    assert.equal(withWords.filter((page) => page[0] === LEAF).length, 0);
  });

  const LATER: Record<string, () => Promise<unknown>> = {
    write: () => store.addGreeting(fresh()),
    'sweep of what is owed': () => store.owing(0, 1),
  };
  for (const [what, act] of Object.entries(LATER))
    it(`goes from the log with the next ${what}, where a backup was reading; nobody waits for that`, async () => {
      const question = await add(FIRST_WORDS);
      const backup = new DatabaseSync(folder.file('forthright.db'));
      backup.exec('BEGIN; SELECT count(*) FROM questions');
      const began = performance.now();
      await takeBack(question);
      assert.ok(performance.now() - began < 500, 'Everybody waited for the backup');
      isThere(FIRST_WORDS);
      backup.close();
      await act();
      isGone(FIRST_WORDS);
    });

  it('goes from the log at the next start, where the process was killed just before emptying it', async () => {
    const question = await add(FIRST_WORDS);
    const reader = new DatabaseSync(folder.file('forthright.db'));
    reader.exec('BEGIN; SELECT count(*) FROM questions');
    await takeBack(question);
    mkdirSync(folder.file('killed'));
    for (const { file } of filesIn(folder.path)) copyFileSync(folder.file(file), folder.file('killed', file));
    reader.close();
    assert.notDeepEqual(holding(folder.file('killed'), FIRST_WORDS), [], 'The log was emptied already');
    const again = openSqlite(folder.file('killed', 'forthright.db'));
    assert.deepEqual(holding(folder.file('killed'), FIRST_WORDS), []);
    await again.close();
  });
});
