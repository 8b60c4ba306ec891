import assert from 'node:assert/strict';
import { Conflict, type Store, StoreAway } from '../../bot/app/ports.ts';
import { change } from '../../bot/app/change.ts';
import { makeLog } from '../../bot/log.ts';
import { openCosmos } from '../../bot/store/cosmos.ts';
import { StoreFault } from '../../bot/store/faults.ts';
import { openAccount, isStandIn, removeDatabase, type TestAccount } from './cosmos-account.ts';
import { type Fault, startWire, type Wire } from './cosmos-wire.ts';
import { fresh, sample, WEEK } from './samples.ts';

/** Short, so that silence costs the tests little. */
const PATIENCE = { attempt: 100, request: 1500 };

/** What may befall any request. */
const FAULTS: Record<string, Fault> = {
  'too many requests (429)': { status: 429, retryAfterMs: 5 },
  'retry with another write (449)': { status: 449 },
  'a partition that moves (410)': { status: 410 },
  'a timeout on their side (408)': { status: 408 },
  'a service out of order (503)': { status: 503 },
  'a reset connection': { cut: 'reset' },
  silence: { cut: 'silence' },
  'a timeout (408) after it took effect': { status: 408, takesEffect: true },
  'an order lost (503) after it took effect': { status: 503, takesEffect: true },
  'a reset connection after it took effect': { cut: 'reset', takesEffect: true },
  'silence after it took effect': { cut: 'silence', takesEffect: true },
};

const question = () => sample({ id: 'A'.repeat(22) });

/** How long it took until the store gave up, in milliseconds. */
async function spent(act: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await assert.rejects(act, StoreAway);
  return performance.now() - began;
}

/** What `@azure/identity` throws on a machine outside Azure. */
const nobody = {
  getToken: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialUnavailableError' })),
};

const says = (remedy: RegExp) => (error: unknown) => error instanceof StoreFault && remedy.test(error.message);

describe('Cosmos DB in trouble', function () {
  let test: TestAccount;
  let wire: Wire;
  let store: Store;
  /** The same rows, on a wire without faults. */
  let sane: Store;
  before(async function () {
    if (!isStandIn) this.skip();
    test = await openAccount();
    wire = await startWire(test.account.endpoint);
    store = (await openCosmos({ ...test.account, endpoint: wire.endpoint }, PATIENCE)).store;
    sane = (await openCosmos(test.account)).store;
  });
  beforeEach(async () => {
    wire.always(undefined);
    await test.empty();
  });
  after(async () => {
    await store?.close();
    await sane?.close();
    await wire?.close();
    await test?.close();
  });

  /** Each act, and what it tells where nothing goes wrong. */
  const version = async () => (await sane.question(question().id))?.version ?? '';
  const vote = { id: 'q', week: WEEK };
  const ACTS: Record<string, { before?: () => Promise<unknown>; act: () => Promise<unknown>; tells: unknown }> = {
    'adding a question': { act: () => store.add(question()), tells: true },
    'adding one that is there': { before: () => sane.add(question()), act: () => store.add(question()), tells: false },
    'saving a question': {
      before: () => sane.add(question()),
      act: async () => store.save({ ...question(), votes: 7 }, await version()),
      tells: undefined,
    },
    'reading a question': {
      before: () => sane.add(question()),
      act: async () => (await store.question(question().id))?.question,
      tells: question(),
    },
    'listing questions': {
      before: () => sane.add(question()),
      act: async () => (await store.list({ leader: question().leader, state: 'open', limit: 5 })).questions.length,
      tells: 1,
    },
    voting: { act: () => store.addVote(vote, 'tag'), tells: true },
    'voting twice': { before: () => sane.addVote(vote, 'tag'), act: () => store.addVote(vote, 'tag'), tells: false },
    'taking a vote back': {
      before: () => sane.addVote(vote, 'tag'),
      act: () => store.eraseVote('q', 'tag'),
      tells: true,
    },
    'putting a Seal': { act: () => store.putSeal('s', { epoch: WEEK, capsule: 'c' }), tells: undefined },
    'erasing an epoch': {
      before: () => sane.putSeal('s', { epoch: WEEK, capsule: 'c' }),
      act: () => store.eraseEpoch(WEEK, 10),
      tells: 1,
    },
  };

  for (const [name, fault] of Object.entries(FAULTS)) {
    for (const [what, { before: prepare, act, tells }] of Object.entries(ACTS)) {
      it(`${name} changes nothing about ${what}`, async () => {
        await prepare?.();
        wire.next([fault]);
        assert.deepEqual(await act(), tells);
      });
    }
  }

  it('one fault after the other costs time and nothing else', async () => {
    wire.next(
      Object.values(FAULTS)
        .filter((fault) => 'status' in fault)
        .slice(0, 5),
    );
    assert.equal(await store.add(question()), true);
    assert.deepEqual((await sane.question(question().id))?.question, question());
  });

  it('tells whose write stands, where one was lost and somebody else came first', async () => {
    wire.next([{ cut: 'silence' }]);
    const adding = store.add(question());
    await sane.add({ ...question(), words: 'Somebody else' });
    assert.equal(await adding, false);
    const seen = await version();
    wire.next([{ cut: 'silence' }]);
    const saving = assert.rejects(store.save({ ...question(), votes: 1 }, seen), Conflict);
    await sane.save({ ...question(), votes: 2 }, seen);
    await saving;
    assert.equal((await sane.question(question().id))?.question.votes, 2);
  });

  it('a storm of lost races (412) ends in one change, decided on what stands', async () => {
    await sane.add(question());
    let storm = 5;
    const changed = await change(
      { store, wake: () => {}, clock: { now: () => new Date() } },
      question().id,
      async (kept) => {
        if (storm-- > 0) await sane.save({ ...kept, votes: kept.votes + 1 }, await version());
        return { ...kept, votes: kept.votes + 100 };
      },
    );
    assert.equal('refused' in changed, false);
    assert.equal((await sane.question(question().id))?.question.votes, 105);
  });

  it('gives up in time where nothing answers, and is well again afterwards', async () => {
    wire.always({ cut: 'silence' });
    assert.ok((await spent(store.within(250).question('q'))) < 400);
    wire.always(undefined);
    assert.equal(await store.within(250).question('q'), undefined);
  });

  it('waits for nobody who asks for more time than there is', async () => {
    wire.always({ status: 429, retryAfterMs: 60_000 });
    assert.ok((await spent(store.add(question()))) < 200);
  });

  it('gives one who waits their time once, not for each request', async () => {
    const waiting = store.within(300);
    wire.next(Array.from({ length: 3 }, () => ({ cut: 'silence' }) as const));
    await waiting.question('q').catch(() => {});
    wire.always({ cut: 'silence' });
    assert.ok((await spent(waiting.question('q'))) < 150);
  });

  it('a refusal that stays is told at once, as a fault with a status and no word of what was asked', async () => {
    for (const status of [400, 403, 413]) {
      wire.next([{ status }]);
      const error: unknown = await store.add(question()).catch((fault: unknown) => fault);
      assert.ok(error instanceof StoreAway);
      assert.equal(error.cause, undefined);
      const lines: string[] = [];
      makeLog((line) => void lines.push(line)).fault(error);
      assert.match(lines.join(''), new RegExp(`"code":"StoreAway","reference":"[0-9a-f]{8}","status":${status}`));
      assert.ok(!`${error.message}${error.stack}${lines.join('')}`.includes(question().id));
    }
  });

  it('does not start on an account that is away or refuses, and says what to do', async () => {
    const opening = (endpoint: string) => openCosmos({ ...test.account, endpoint });
    await assert.rejects(opening('http://127.0.0.1:9/'), says(/cannot be reached.*COSMOS_ENDPOINT/));
    const refusing = await startWire(test.account.endpoint);
    refusing.always({ status: 403 });
    await assert.rejects(opening(refusing.endpoint), says(/refuses the bot.*COSMOS_KEY.*Data Contributor/));
    await refusing.close();
  });

  it('is not ready where its container is gone, and says so soon where nothing answers', async () => {
    const { store: other } = await openCosmos({ ...test.account, database: 'forthright-test-gone' });
    await other.ready();
    await removeDatabase(test.account, 'forthright-test-gone');
    await assert.rejects(other.ready(), StoreAway);
    await other.close();
  });

  it('refuses to start without a key where the machine has no identity', async () => {
    const account = { ...test.account, endpoint: 'https://127.0.0.1:9/', access: { identity: nobody } };
    await assert.rejects(openCosmos(account), says(/COSMOS_KEY/));
  });

  it('keeps nothing back from a closed store', async () => {
    const { store: closed } = await openCosmos(test.account);
    await closed.close();
    await assert.rejects(closed.addVote(vote, fresh()), /closed/);
  });
});
