/**
 * The bot carries to Teams what it owes, in a process of its own, whose clock runs faster where it would take long. Timers fire
 * at their exact time on that clock. The stand-in for Teams answers after as long as Teams might.
 */
import sinon from 'sinon';
import { readConfig } from '../../bot/config.ts';
import { owe } from '../../bot/domain/delivery.ts';
import { publicationTargets } from '../../bot/domain/question.ts';
import { ask } from '../../bot/domain/life.ts';
import { makeLog } from '../../bot/log.ts';
import { start } from '../../bot/main.ts';
import { channelOf } from '../support/app.ts';
import { ines, TENANT } from '../support/cast.ts';
import { answered, published } from '../support/questions.ts';
import { settingsIn } from '../support/process.ts';
import { pause } from '../support/teams-http.ts';
import { type Seen, startTeams, type Teams } from '../support/teams.ts';
import type { Arrival } from './fan-out.ts';
import { employee, freshId, openStage, type Stage, words } from './stage.ts';

export interface Carrying {
  what: keyof typeof fills;
  count: number;
  folder: string;
}

/** Faster, and what is measured would be this machine: it has to carry as many times the messages a second. */
const SPEED = { publish: 1, notify: 4 };
/** No step of the clock is longer: where a busy machine stands still, the clock does, and many timers would fire as one. */
const STEP_MS = 20;
const LATENCY_MS = 100;
const PATIENCE_MS = 100_000;

/** Each returns how many messages are owed. */
const fills = {
  /** One answer, in many channels: a root post and a reply in each. */
  async publish({ store }: Stage, count: number, serviceUrl: string): Promise<number> {
    const channels = Array.from({ length: count }, (_, n) => ({
      ...channelOf({ id: `19:channel-${n}@thread.tacv2`, name: `Channel ${n}` }),
      serviceUrl,
    }));
    for (const channel of channels) await store.putChannel(channel);
    const question = published(
      answered(),
      channels.map(({ id }) => id),
    );
    await store.add(owe({ ...question, places: [], deliveries: [] }, ...publicationTargets(question)));
    return 2 * count;
  },
  /** Many questions, each of somebody else. */
  async notify({ deps, store, hand }: Stage, count: number, serviceUrl: string): Promise<number> {
    for (let n = 0; n < count; n += 1) {
      const asker = hand(employee(n), serviceUrl);
      const id = asker.questionId(freshId());
      const seal = await asker.seal(id);
      await store.putSeal(deps.sealer.sealId(id), seal);
      const question = ask({ id, leader: ines.aadObjectId, words: words(n), week: seal.epoch });
      await store.add(owe({ ...question, places: [], deliveries: [] }, { kind: 'notice' }));
    }
    return count;
  },
};

/** Where a message stands: of a thread its channel, which has the limit. */
function arrivalOf({ path, body, at }: Seen): Arrival {
  const channel = (body as { channelData?: { channel?: { id: string } } }).channelData?.channel?.id;
  return { conversation: channel ?? /conversations\/([^/;]+)/.exec(path)?.[1] ?? '', at };
}

/** Makes the process's clock run faster. Returns what stops it. */
function hurry(speed: number): () => void {
  const [now, every, stop] = [performance.now.bind(performance), setInterval, clearInterval];
  const toFake = ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;
  const clock = sinon.useFakeTimers({ now: Date.now(), toFake: [...toFake] });
  let last = now();
  const timer = every(() => {
    const due = Math.round(Math.min((now() - last) * speed, STEP_MS));
    last = now();
    clock.tick(due);
  }, 1);
  return () => {
    stop(timer);
    clock.restore();
  };
}

async function carry({ what, folder }: Carrying, teams: Teams, owed: number): Promise<Arrival[]> {
  const settings = { ...settingsIn(folder), SERVICE_URL: teams.url, MICROSOFT_APP_TENANT_ID: TENANT.id };
  const config = readConfig({ ...settings, FORMS: 'inline', NOTICE_MINUTES: '0' });
  teams.fail({ times: Number.MAX_SAFE_INTEGER, delayMs: LATENCY_MS / SPEED[what] });
  const slowDown = hurry(SPEED[what]);
  const running = await start(
    config,
    makeLog(() => {}),
  );
  await teams.until(() => teams.requests.length >= owed, { ms: PATIENCE_MS });
  // What comes beyond what was owed is counted as well.
  await pause(200);
  await running.stop();
  slowDown();
  return teams.requests.map(arrivalOf);
}

const given = JSON.parse(process.argv[2] ?? '') as Carrying;
process.once('disconnect', () => process.exit());
const teams = await startTeams();
const stage = openStage(given.folder);
const owed = await fills[given.what](stage, given.count, teams.url);
await stage.store.close();
process.send?.(await carry(given, teams, owed));
await teams.stop();
