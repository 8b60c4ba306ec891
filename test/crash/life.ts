import assert from 'node:assert/strict';
import { linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import { weekOf } from '../../bot/domain/week.ts';
import { seeded } from '../support/chance.ts';
import { startTeams } from '../support/teams.ts';
import { open, prepare, settle, wander } from './acts.ts';
import { judge } from './ledger.ts';
import type { Point } from './points.ts';
import type { Ground } from './rest.ts';
import { World } from './world.ts';

const DAY_MS = 86_400_000;

export interface Life {
  points: readonly Point[];
  seed: number;
  /** What the bot keeps everything in. */
  on: (folder: string) => Promise<Ground>;
}

/** Lives through these points, one after the other, in a folder of its own. */
export async function live({ points, seed, on }: Life): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-crash-'));
  const teams = await startTeams();
  const mixing = /mixed|waiting/.test(points[0]?.during ?? '') ? { MIX_SIZE: '2', MIX_MINUTES: '30' } : {};
  const ground = await on(folder);
  const world = new World(ground, teams, seeded(seed), mixing);
  try {
    if (points[0]?.during !== 'first start' && points[0]?.during !== 'destruction') {
      assert.ok(await world.start(), world.bot.output);
      await world.meet();
    }
    for (const point of points) await dieAt(world, point);
  } finally {
    world.close();
    await world.bot.ended;
    await teams.stop();
    await ground.close();
    rmSync(folder, { recursive: true });
  }
}

async function dieAt(world: World, point: Point): Promise<void> {
  if (point.during === 'first start') await diesStarting(world, point);
  else if (point.during === 'turn of the week') await diesAtTurnOfWeek(world, point);
  else if (point.during === 'destruction') await diesDestroying(world, point);
  else await diesActing(world, point);
}

/** Dies while somebody does something; then is started again, and looked at. */
async function diesActing(world: World, point: Point): Promise<void> {
  if (!world.isMixed) for (let n = world.one([0, 1, 2]); n > 0; n -= 1) await wander(world);
  await world.settled();
  const act = await prepare(world, point);
  await world.settled();
  world.aimAt(point);
  const acted = act();
  await diedAt(world, point);
  await acted;
  const last = world.asked.find(({ repeat }) => repeat !== undefined);
  const newest = world.asked.at(-1);
  if (point.cut === true && newest) newest.cut += 1;
  await world.restart();
  // Some press again, some go home.
  if (world.one([true, false])) assert.ok((await last?.repeat?.()) ?? true, 'What was not acknowledged was refused');
  delete last?.repeat;
  await lookedAt(world, point);
}

async function diedAt(world: World, { call, when, name }: Point): Promise<void> {
  const death = await world.bot.death();
  assert.deepEqual(
    death,
    { by: 'SIGKILL', at: `${call} ${when}` },
    `It was not killed at: ${name}\n${world.bot.output}`,
  );
}

async function lookedAt(world: World, { during, name }: Point): Promise<void> {
  await world.settled();
  if (world.one([true, false])) for (const asked of world.asked) await settle(world, asked);
  let faults = await judge(world);
  // What a start finishes by itself may take a moment longer than it takes to listen.
  for (let looks = 0; faults.length > 0 && looks < 10; looks += 1) {
    await delay(100);
    faults = await judge(world);
  }
  faults.push(...world.bot.output.split('\n').filter((line) => line.includes('"level":"fault"')));
  assert.deepEqual(faults, [], `Killed while somebody ${during}, at: ${name}`);
}

async function diesStarting(world: World, point: Point): Promise<void> {
  assert.equal(await world.start(point), false, `It was not killed at: ${point.name}`);
  await diedAt(world, point);
  await world.restart();
  await world.meet();
  await world.asks();
  await lookedAt(world, point);
}

async function diesAtTurnOfWeek(world: World, point: Point): Promise<void> {
  world.bot.kill();
  await world.bot.ended;
  world.ahead += 7 * DAY_MS;
  assert.equal(await started(world, point), false);
  await diedAt(world, point);
  await world.restart();
  await world.asks();
  await lookedAt(world, point);
}

/** A start whose aim is reached before or soon after it listens. */
async function started(world: World, point: Point): Promise<boolean> {
  await world.start(point);
  return (await world.bot.death()).by !== 'SIGKILL';
}

/** A question of long ago is answered; its week's keys are due, and the bot dies while it destroys them. */
async function diesDestroying(world: World, point: Point): Promise<void> {
  world.ahead = -45 * DAY_MS;
  assert.ok(await world.start(), world.bot.output);
  await world.meet();
  const asked = await open(world);
  await world.answers(asked);
  await world.settled();
  world.bot.kill();
  await world.bot.ended;
  const week = weekOf(new Date(world.now()));
  const secrets = await age(world, week);
  world.ahead = 0;
  assert.equal(await started(world, point), false);
  await diedAt(world, point);
  await world.restart();
  asked.isClosed = true;
  await world.asks();
  await lookedAt(world, point);
  await isDestroyed(world, week, secrets);
  assert.ok(
    asked.id !== undefined && !(await world.ground.read()).seals.has(world.ground.sealId(asked.id)),
    'The Seal is there',
  );
}

interface Secrets {
  key: string;
  /** The key file as it was, still in reach whatever takes its name. */
  old: string;
}

/** Time passes while the bot runs: the week is over for long, and its questions are closed. */
async function age({ ground }: World, week: string): Promise<Secrets> {
  const today = Math.floor(Date.now() / DAY_MS);
  const keys = ground.keys();
  await keys.note(Date.now(), new Map([[week, { ended: today - 38, closed: today - 38 }]]));
  assert.ok(keys.epochs().includes(week), 'the premise: the week has keys');
  const path = String(ground.settings['KEY_FILE']);
  const old = `${dirname(dirname(path))}.held`;
  linkSync(path, old);
  return { key: (await keys.privateHalf(week)).toString('base64url'), old };
}

async function isDestroyed({ ground, teams }: World, week: string, { key, old }: Secrets): Promise<void> {
  await teams.until(() => ground.keys().gone().includes(week));
  const holding = (await ground.files()).filter(({ bytes }) => bytes.includes(key));
  assert.deepEqual(
    holding.map(({ file }) => file),
    [],
    'A destroyed key is in a file',
  );
  assert.ok(!readFileSync(old).includes(key), 'A destroyed key is in free blocks of the disk');
}
