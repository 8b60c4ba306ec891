import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../support/chance.ts';
import type { Seen } from '../support/client.ts';
import { startTeams, type Teams } from '../support/teams.ts';
import { settle } from './acts.ts';
import { judge } from './ledger.ts';
import { type Around, People } from './people.ts';
import { MortalBot } from './process.ts';
import { cosmosIn } from './rest-cosmos.ts';
import { type Ground, sqliteIn } from './rest.ts';
import { askers, settingsOf } from './world.ts';

/** `npm run test:crash` lets them live longer, and kills more of them. */
const KILLS = process.env['CRASH_ROUNDS'] === undefined ? 3 : 15;
const SEED = Number(process.env['CRASH_SEED'] ?? 20_261_123);
const BETWEEN_KILLS_MS = 400;
const INSTANCES = 3;
/** What each group does at least. */
const ENOUGH = 5;
/** What a dead process had claimed is free by then. */
const LATER_MS = 10 * 60_000;

/** Bots on one store, behind whatever spreads requests over them. */
class Instances {
  readonly live: MortalBot[] = [];
  readonly chance: () => number;
  readonly #settings: Record<string, string>;
  #next = new MortalBot();
  #ahead = 0;

  constructor(settings: Record<string, string>, chance: () => number) {
    this.#settings = settings;
    this.chance = chance;
  }

  any(): MortalBot {
    const bot = this.live[Math.floor(this.chance() * this.live.length)];
    assert.ok(bot, 'No bot lives');
    return bot;
  }

  async add(): Promise<void> {
    const bot = this.#next;
    this.#next = new MortalBot();
    assert.ok(await bot.start({ settings: this.#settings, ahead: this.#ahead }), `It did not start:\n${bot.output}`);
    this.live.push(bot);
  }

  /** One of them dies, and is seen to be gone. Another takes its place. */
  async kill(): Promise<void> {
    const bot = this.any();
    bot.kill();
    assert.equal((await bot.death()).by, 'SIGKILL');
    this.live.splice(this.live.indexOf(bot), 1);
    await this.add();
  }

  /** All of them are gone, and as many others come later. */
  async replace(): Promise<void> {
    for (const bot of this.live.splice(0)) {
      bot.kill();
      await bot.ended;
    }
    this.#ahead += LATER_MS;
    for (let n = 0; n < INSTANCES; n += 1) await this.add();
  }

  close(): void {
    for (const bot of [...this.live, this.#next]) bot.kill();
  }
}

/** A few people, whose presses come to any of the bots. */
class Few extends People {
  readonly isMixed = false;
  readonly #instances: Instances;

  constructor(around: Around, instances: Instances) {
    super(around);
    this.#instances = instances;
  }

  url(): string {
    return `http://127.0.0.1:${this.#instances.any().port}`;
  }

  protected async act(press: () => Promise<Seen>): Promise<Seen | undefined> {
    return press().catch(() => undefined);
  }
}

/** What these people do until it is over. Whatever a death cut short, they leave, or do again. */
async function goOn(few: Few, isOver: () => boolean): Promise<void> {
  for (let acts = 0; acts < ENOUGH || !isOver(); acts += 1) {
    try {
      const open = few.asked.filter(({ mayBe }) => mayBe.join() === 'open');
      const answered = few.asked.filter(({ mayBe, channels }) => mayBe.join() === 'answered' && channels.length === 0);
      const act = few.one(['asks', 'answers', 'publishes', 'votes'] as const);
      if (act === 'answers' && open.length > 0) await few.answers(few.one(open));
      else if (act === 'publishes' && answered.length > 0) await few.publishes(few.one(answered));
      else if (act === 'votes' && open.length > 0) await few.votes(few.one(open).leader);
      else await few.asks();
    } catch (error) {
      // The bot died before it showed the form, or Teams did not bring its card: nothing was sent.
      if (error instanceof assert.AssertionError) throw error;
    }
    for (const asked of few.asked) if (await asked.repeat?.().catch(() => false)) delete asked.repeat;
  }
}

/** Lives three bots on one store through as many deaths, with three groups of people, and judges what is left. */
async function liveTogether(ground: Ground, teams: Teams): Promise<void> {
  const instances = new Instances(settingsOf(ground, teams), seeded(SEED));
  const groups = [0, 1, 2].map((nth) => {
    const around = { ground, teams, chance: seeded(SEED + nth), askers: askers.filter((_, n) => n % 3 === nth) };
    return new Few(around, instances);
  });
  try {
    for (let n = 0; n < INSTANCES; n += 1) await instances.add();
    await groups[0]?.meet();
    let isOver = false;
    const busy = Promise.all(groups.map((few) => goOn(few, () => isOver)));
    busy.catch(() => {});
    for (let kills = 0; kills < KILLS; kills += 1) {
      await delay(BETWEEN_KILLS_MS * instances.chance());
      await instances.kill();
    }
    isOver = true;
    await busy;
    await instances.replace();
    for (const few of groups) await judged(few);
  } finally {
    instances.close();
  }
}

async function judged(few: Few): Promise<void> {
  for (const asked of few.asked) {
    if (asked.repeat !== undefined) assert.ok(await asked.repeat(), 'What was not acknowledged was refused');
    // A death may have cut short its sending: nobody else sends it before the lease is over, so that is once at most.
    asked.cut = 1;
  }
  await few.settled();
  for (const asked of few.asked) await settle(few, asked);
  assert.deepEqual(await judge(few), []);
}

describe('three bots on one store, of which one dies again and again', () => {
  for (const [store, on] of [
    ['SQLite', sqliteIn],
    ['Cosmos DB', cosmosIn],
  ] as const)
    it(`lose nothing, double nothing, and tear nothing: ${store}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'forthright-several-'));
      const teams = await startTeams();
      const ground = await on(folder);
      try {
        await liveTogether(ground, teams);
      } finally {
        await teams.stop();
        await ground.close();
        rmSync(folder, { recursive: true, maxRetries: 5 });
      }
    }).timeout(120_000);
});
