import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ask } from '../../bot/app/ask.ts';
import { answer, queue } from '../../bot/app/lead.ts';
import { mine } from '../../bot/app/mine.ts';
import { enter, gathered } from '../../bot/app/mix.ts';
import { withdraw } from '../../bot/app/own.ts';
import { changeSettings, readSettings } from '../../bot/app/settings.ts';
import { openQuestions, vote } from '../../bot/app/vote.ts';
import type { Question } from '../../bot/domain/question.ts';
import { STAGES } from '../../bot/domain/stage.ts';
import { CONTAINERS, type Name } from '../../bot/store/cosmos-containers.ts';
import { openCosmos } from '../../bot/store/cosmos.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { ana, ines, noor, omar } from '../support/cast.ts';
import { openAccount, isStandIn, type TestAccount } from './cosmos-account.ts';
import { type Seen, startWire, type Wire } from './cosmos-wire.ts';

/**
 * What a write of so many KB costs at most. Source: Microsoft, "Understand request units consumption in Azure Cosmos DB",
 * which also says: 0.2 for each indexed term, a replacement is a deletion and an insertion, a point read of 1 KB is 1.
 */
const WRITE = [
  [1, 4.95],
  [2, 6.29],
  [4, 6.67],
  [8, 7.04],
  [16, 9.52],
] as const;
const TERM = 0.2;
/** Microsoft publishes no rule for queries; those that find a few small rows by an index come to about this. */
const QUERY = 3;

function units({ does, container, bytes, status }: Seen): number {
  if (does === 'read') return 1;
  if (does === 'query') return QUERY;
  const [, size] = WRITE.find(([kb]) => bytes <= kb * 1024) ?? [0, Number.NaN];
  const layout = CONTAINERS[container as Name];
  const terms = TERM * (layout.indexed.length + ('lists' in layout ? layout.lists.length : 0));
  const isAnew = does === 'replace' || (does === 'put' && status === 200);
  return isAnew ? 2 * (size + terms) : size + terms;
}

/** The table in CONTRIBUTING.md: operation -> point reads, queries, writes, request units. */
function documented(): Map<string, number[]> {
  const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+) \| +(\d+) +\| +(\d+) +\| +(\d+) +\| +(\d+) +\|$/gm)];
  return new Map(rows.map(([, what = '', ...figures]) => [what.trim(), figures.map(Number)]));
}

describe('What an operation asks of Cosmos DB', function () {
  let test: TestAccount;
  let wire: Wire;
  let app: App;
  before(async function () {
    if (!isStandIn) this.skip();
    test = await openAccount();
    wire = await startWire(test.account.endpoint);
  });
  beforeEach(async () => {
    await test.empty();
    app = await openApp((await openCosmos({ ...test.account, endpoint: wire.endpoint })).store);
    app.policy.limits = { questions: 3, votes: 30 };
    // The first act of a day looks for what was counted on another.
    await app.store.forgetCounts('2026-11-23');
  });
  afterEach(() => app.close());
  after(async () => {
    await wire?.close();
    await test?.close();
  });

  const asks = (person = noor) =>
    ask(app.deps, app.hand(person), {
      submission: freshId(),
      leader: ines.aadObjectId,
      words: 'Why did we close Lyon? '.repeat(10),
    });
  const asked = async (): Promise<Question> => must(await asks());
  const mixes = () => void (app.policy.mixing = { size: 3, minutes: 30 });
  const saves = async (overdueDays: number) => {
    const { settings, last } = must(await readSettings(app.deps, ana.aadObjectId));
    const policy = { ...settings.policy, overdueDays };
    return changeSettings(app.deps, ana.aadObjectId, { settings: { ...settings, policy }, last });
  };
  const answers = ({ id }: Question) =>
    answer(app.deps, ines.aadObjectId, { question: id, submission: freshId(), words: 'It was empty. '.repeat(20) });

  /** What happens before, and the operation that is looked at. */
  const OPERATIONS: Record<string, () => Promise<() => Promise<unknown>>> = {
    'ask, at once': async () => asks,
    'ask, waiting for others': async () => (mixes(), asks),
    'three enter together': async () => {
      mixes();
      for (let n = 0; n < 3; n += 1) await asks();
      return async () => enter(app.deps, await gathered(app.deps, () => assert.fail()));
    },
    vote: async () => {
      const { id } = await asked();
      return () => vote(app.deps, app.hand(omar), id, true);
    },
    'the votes of a moment, counted': async () => {
      const { id } = await asked();
      must(await vote(app.deps, app.hand(omar), id, true));
      return () => app.counts();
    },
    'a queue of up to five': async () => (await asked(), () => queue(app.deps, ines.aadObjectId, {})),
    'a page of a longer queue': async () => {
      const question = await asked();
      for (let n = 0; n < 5; n += 1) await app.store.add({ ...question, id: freshId() });
      return () => queue(app.deps, ines.aadObjectId, {});
    },
    'a page of a stage of the board': async () => {
      const question = await asked();
      for (let n = 0; n < 60; n += 1) await app.store.add({ ...question, id: freshId() });
      return () => app.store.staged({ stage: 'waiting', limit: 50 });
    },
    'how many are in each stage': async () => {
      await asked();
      return () => Promise.all(STAGES.map((stage) => app.store.countStaged({ stage })));
    },
    'questions to vote on, five': async () => {
      for (let n = 0; n < 3; n += 1) await asks();
      for (let n = 0; n < 2; n += 1) await asks(omar);
      return () => openQuestions(app.deps, app.hand(omar), { leader: ines.aadObjectId });
    },
    'My questions, three of one week': async () => {
      for (let n = 0; n < 3; n += 1) await asks();
      return () => mine(app.deps, app.hand(noor));
    },
    answer: async () => {
      const question = await asked();
      return () => answers(question);
    },
    'one card delivered': async () => {
      const { id } = await asked();
      return () => app.delivers(id);
    },
    'the settings looked at': async () => {
      must(await saves(3));
      return () => app.store.settings();
    },
    'the settings saved': async () => {
      must(await saves(3));
      return () => saves(4);
    },
    withdraw: async () => {
      const { id } = await asked();
      return () => withdraw(app.deps, app.hand(noor), id);
    },
  };

  const among = (...does: Seen['does'][]) => wire.seen.filter((request) => does.includes(request.does));

  for (const [what, prepare] of Object.entries(OPERATIONS)) {
    it(`${what}: as CONTRIBUTING says, each request in one partition`, async () => {
      const act = await prepare();
      wire.seen.length = 0;
      await act();
      const writes = among('create', 'put', 'replace', 'erase');
      const sum = Math.round(wire.seen.reduce((all, request) => all + units(request), 0));
      assert.deepEqual([among('read').length, among('query').length, writes.length, sum], documented().get(what));
      assert.deepEqual(
        wire.seen.filter(({ partition }) => partition === undefined),
        [],
      );
    });
  }

  it('is documented for nothing else', () => {
    assert.deepEqual([...documented().keys()].toSorted(), Object.keys(OPERATIONS).toSorted());
  });

  it('asks every partition in four queries alone: for the end of an epoch, and the first act of a day', async () => {
    await asks();
    wire.seen.length = 0;
    await app.store.eraseEpoch('2026-W48', 10);
    await app.store.forgetCounts('2026-11-24');
    await app.store.forgetCounts('2026-11-24');
    const everywhere = wire.seen.filter(({ partition }) => partition === undefined);
    assert.deepEqual(
      everywhere.map(({ does, container }) => `${does} ${container}`),
      ['query seals', 'query votes', 'query reactions', 'query counts'],
    );
  });
});
