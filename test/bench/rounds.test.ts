import assert from 'node:assert/strict';
import { choose, measure, rowsOf, type Subject } from './rounds.ts';
import { openServers } from './servers.ts';
import { makeTraffic } from './traffic.ts';

const PACE = { rounds: 3, sliceMs: 10, warmUp: 5, lastRoundMs: 5000 };
const subject = (name: string, beside: string, done: string[] = []): Subject => ({
  name,
  beside,
  atOnce: 1,
  act: async () => done.push(name),
});

describe('the rounds of the bench', () => {
  it('interleave: each in every round, and each round begins with another one', async () => {
    const done: string[] = [];
    const subjects = ['echo', 'vote'].map((name) => subject(name, 'echo', done));
    const measured = await measure(subjects, PACE);
    assert.deepEqual(
      [...measured.values()].map((rounds) => rounds.length),
      [3, 3],
    );
    const changes = done.filter((name, n) => name !== done[n - 1]);
    // Warmed up one after the other; then the rounds.
    assert.deepEqual(changes, ['echo', 'vote', 'echo', 'vote', 'echo', 'vote']);
  });

  it('put each beside what it names, and take that along where only one is asked for', async () => {
    const all = [subject('echo', 'echo'), subject('another', 'echo'), subject('Vote', 'echo')];
    const chosen = choose(all, 'vote');
    assert.deepEqual(
      chosen.map(({ name }) => name),
      ['echo', 'Vote'],
    );
    const rows = rowsOf(await measure(chosen, PACE));
    assert.deepEqual(
      rows.filter(({ unit }) => unit === '1/s').map(({ name }) => name),
      ['echo: rate', 'Vote: rate'],
    );
    assert.equal(rows[0]?.ratio, 1);
    assert.deepEqual(choose(all, 'nothing of the kind'), []);
  });

  it('begin no further one once their time is over', async () => {
    const measured = await measure([subject('echo', 'echo')], { ...PACE, lastRoundMs: 0 });
    assert.deepEqual([...measured.values()], [[]]);
  });

  it('measure a real server in a process of its own, and tell an answer that is not the expected one', async () => {
    const servers = await openServers();
    try {
      const server = await servers.start('node:http', 'off');
      const echo: Subject = { name: 'echo', beside: 'echo', atOnce: 4, ...makeTraffic(server, []).echo };
      const rows = rowsOf(await measure([echo], PACE));
      assert.equal(rows.length, 3);
      for (const { name, value } of rows) assert.ok(value > 0 && Number.isFinite(value), `${name}: ${value}`);
      await assert.rejects(measure([{ ...echo, expect: 'what nobody says' }], PACE), /Not what was expected/);
    } finally {
      await servers.stop();
    }
  });
});
