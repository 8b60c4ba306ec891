import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { assert as called, type SinonSpy, spy } from 'sinon';
import type { Store } from '../../bot/app/ports.ts';
import { STAGES } from '../../bot/domain/stage.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { ines } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { fresh, sample, WEEK } from './samples.ts';

/** What is meant to meet every row: a row at most, the channels and what waits, of which there are few, and a day that is forgotten. */
const WHOLE = new Set([
  'SELECT 1 FROM questions LIMIT 1',
  'SELECT doc FROM channels',
  'SELECT doc, version FROM slots',
  'DELETE FROM counts',
  'SELECT id, epoch, capsule FROM waiting',
]);

/** Everything that a store is asked for while the bot runs. */
async function useAll(store: Store): Promise<void> {
  const [question, id] = [sample(), fresh()];
  const queue = { leader: ines.aadObjectId, state: 'open', limit: 1 } as const;
  await store.ready();
  await store.add(question);
  await store.add(sample());
  await store.save(question, '1');
  const { next } = await store.list(queue);
  assert.ok(next);
  await store.list({ ...queue, after: next });
  for (const stage of STAGES) {
    for (const leader of [undefined, ines.aadObjectId]) {
      await store.staged({ stage, leader, limit: 1 });
      await store.countStaged({ stage, leader });
    }
  }
  await store.owing(1, 1);
  await store.nextOwed();
  await store.slots();
  const slots = { channel: id, slots: { zone: 'UTC', weekly: [], holidays: [] }, warned: false };
  await store.saveSlots(slots);
  await store.saveSlots(slots, '1');
  await store.planned(1);
  await store.stuck(1);
  await store.deliveries();
  await store.seal(id);
  await store.eraseSeal(id);
  await store.addWaiting({ id, epoch: '2026-W48', capsule: id });
  await store.waiting(id);
  await store.allWaiting();
  await store.eraseWaiting(id);
  await store.slips(WEEK, [id]);
  await store.hasOpen('2026-W48');
  await store.eraseEpoch('2026-W48', 1);
  await store.addVote({ id, week: WEEK }, id);
  await store.voted([{ question: id, tag: id }]);
  await store.votes(id);
  await store.eraseVote(id, id);
  await store.counted('2026-11-23', [id]);
  await store.addCount('2026-11-23', id, id);
  await store.eraseCount('2026-11-23', id);
  await store.addCount('2026-11-23', id, id);
  await store.forgetCounts('2026-11-24');
  const block = { tag: id, mark: id, epoch: '2026-W48', until: '2026-11-24' };
  await store.addBlock(block);
  await store.addBlock({ ...block, tag: fresh() });
  await store.eraseBlock(id);
  await store.blockedUntil([id]);
  await store.eraseBlocks('2026-11-24');
  await store.lease(id, { holder: id, now: 1, ms: 1 });
  await store.release(id, id);
  await store.greeted(id);
  await store.putClaim({ question: id, by: id, until: 2 });
  await store.claims(1);
  await store.eraseClaim(id, id);
  await store.forgetClaims(1);
  await store.met(id);
  await store.channel(id);
  await store.channels();
  await store.eraseChannel(id);
}

const search = (by: string) => `SEARCH questions USING INDEX questions_listed (leader=? AND state=? AND ${by})`;

const by = (index: string, values: string) => `SEARCH questions USING INDEX ${index} (${values})`;

const past = (mark: string) => `stage=? AND (since,id)${mark}(?,?)`;

describe('The queries of SQLite', () => {
  const folder = useFolder();
  let prepared: SinonSpy;
  let store: Store;
  beforeEach(() => {
    prepared = spy(DatabaseSync.prototype, 'prepare');
    store = openSqlite(folder.file('forthright.db'));
  });
  afterEach(async () => {
    prepared.restore();
    await store.close();
  });

  it('read no whole table and sort nothing, however many questions there are', async () => {
    await useAll(store);
    const queries = prepared.args.map(([sql]) => String(sql)).filter((sql) => !sql.startsWith('PRAGMA'));
    assert.ok(queries.length > 15, `Only ${queries.length} queries were seen`);
    const db = new DatabaseSync(folder.file('forthright.db'));
    for (const sql of queries.filter((query) => !WHOLE.has(query))) {
      const steps = db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
      const slow = steps.filter((step) => /TEMP B-TREE|^SCAN (?!.*(VIRTUAL TABLE|\(subquery))/.test(step));
      assert.deepEqual(slow, [], sql);
    }
    db.close();
  });

  it('find a page of the queue by its index alone, in order, from where the last one ended', async () => {
    const queue = { leader: ines.aadObjectId, state: 'open', limit: 1 } as const;
    for (let n = 0; n < 2; n += 1) await store.add(sample());
    await store.list({ ...queue, after: (await store.list(queue)).next });
    const pages = prepared.args.map(([text]) => String(text)).filter((text) => /ORDER BY/.test(text));
    const db = new DatabaseSync(folder.file('forthright.db'));
    const steps = pages.flatMap((sql) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    db.close();
    assert.deepEqual(
      steps.map(({ detail }) => detail),
      [search('votes<?'), search('votes=? AND (week,id)>(?,?)')],
    );
  });

  it('find a page of a stage by its index alone, in order, of one leader and of all', async () => {
    for (const stage of ['waiting', 'published'] as const) {
      for (const leader of [undefined, ines.aadObjectId]) await store.staged({ stage, leader, limit: 1 });
    }
    const pages = prepared.args.map(([text]) => String(text)).filter((text) => /ORDER BY since/.test(text));
    const db = new DatabaseSync(folder.file('forthright.db'));
    const steps = pages.flatMap((sql) => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    db.close();
    assert.deepEqual(
      steps.map(({ detail }) => detail),
      ['>', '<'].flatMap((mark) => [
        by('questions_staged', past(mark)),
        by('questions_staged_of', `leader=? AND ${past(mark)}`),
      ]),
    );
  });

  it('are prepared once, however often they are asked', async () => {
    await store.question(fresh());
    const before = prepared.callCount;
    for (let n = 0; n < 5; n += 1) await store.question(fresh());
    called.callCount(prepared, before);
  });
});
