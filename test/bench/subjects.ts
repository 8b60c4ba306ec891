import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mine } from '../../bot/app/mine.ts';
import { weekOf } from '../../bot/domain/week.ts';
import { FEW, fillCompany, MANY, OWN } from './company.ts';
import type { Request, Subject } from './rounds.ts';
import { makeBareSealer } from './sealers.ts';
import { openServers, type Server } from './servers.ts';
import { asks, asksAndIsDelivered, employee, openStage, type Stage } from './stage.ts';
import type { Goal } from './table.ts';
import { counter, makeTraffic } from './traffic.ts';

export interface Subjects {
  all: Subject[];
  close(): Promise<void>;
}

const AT_ONCE = [1, 32, 128];
const named = (name: string, atOnce: number, { auth }: Pick<Server, 'auth'>): string =>
  `${name}, ${atOnce} at once, auth ${auth}`;
const BESIDE_OFF = named('echo', 1, { auth: 'off' });

/** A row at each number at once, beside the SDK's echo with as many and the same authentication. */
const grid = (name: string, server: Pick<Server, 'auth'>, request: Request, goal?: Goal): Subject[] =>
  AT_ONCE.map((atOnce) => ({
    name: named(name, atOnce, server),
    beside: named('echo', atOnce, server),
    atOnce,
    ...request,
    ...(goal && { goal }),
  }));

function ofBot(server: Server, open: string[]): Subject[] {
  const { form, page, vote, ask } = makeTraffic(server, open);
  const reads = 'reads five questions and their votes, large card';
  return [
    ...grid('Action.Execute, form', server, form, { rateAtLeast: 1.3, why: 'its card is a form, and larger' }),
    ...grid('Action.Execute, questions', server, page, { rateAtLeast: 1.3, why: reads }),
    ...grid('vote', server, vote, { rateAtLeast: 1.1, why: `writes durably, then ${reads}` }),
    ...grid('ask', server, ask, { rateAtLeast: 0.6, why: 'seals, writes Seal, Slip and words durably, mixes' }),
  ];
}

function ownQuestions(server: Server): Subject[] {
  const { mine } = makeTraffic(server, []);
  const beside = named('echo', 1, server);
  const goal: Goal = { p99Under: 50, why: 'finds each by its Slip, fits the card' };
  return [
    { name: `My questions, 20, auth ${server.auth}`, beside, atOnce: 1, ...mine(FEW) },
    { name: `My questions, 200, auth ${server.auth}`, beside, atOnce: 1, ...mine(MANY), goal },
  ];
}

const echoOf = (server: Server): Request => makeTraffic(server, []).echo;

function asking({ deps, hand }: Stage, next: () => number): Promise<string> {
  const n = next();
  return asks(deps, hand(employee(n)), n);
}

/** From Slips to questions, without a request or a card. */
async function lookUp({ deps, hand }: Stage): Promise<void> {
  const { length } = await mine(deps, hand(MANY));
  if (length !== OWN) throw new Error(`Found ${length} of ${OWN}`);
}

async function inProcess(real: Stage, bare: Stage): Promise<Subject[]> {
  const [first, second] = [counter(), counter()];
  const hand = real.hand(employee(0));
  const seal = await hand.seal('question');
  for (let n = 0; n < OWN; n += 1) await asksAndIsDelivered(real, MANY, n);
  const inHere = { beside: BESIDE_OFF, atOnce: 1 };
  const goal: Goal = { p99Under: 50, why: 'finds each by its Slip' };
  const acts: [name: string, act: () => Promise<unknown>][] = [
    ['ask in process', () => asking(real, first)],
    ['ask in process, sealer that does nothing', () => asking(bare, second)],
    ['seal an address', () => hand.seal('question')],
    ['open an address', () => real.opener.open('question', seal)],
  ];
  const lookingUp = { name: 'look up 200 own questions', ...inHere, act: () => lookUp(real), goal };
  return [lookingUp, ...acts.map(([name, act]) => ({ name, ...inHere, act }))];
}

/** Starts the echoes and the bot, each in a process of its own, and two stages in this one. */
export async function openSubjects(folder: string): Promise<Subjects> {
  const [on, off, ...stages] = ['on', 'off', 'real', 'bare'].map((name) => join(folder, name)) as [string, string];
  const open = await fillCompany(on);
  cpSync(on, off, { recursive: true });
  for (const each of stages) mkdirSync(each);
  const [real, bare] = [
    openStage(join(folder, 'real')),
    openStage(join(folder, 'bare'), makeBareSealer(weekOf(new Date()))),
  ];
  const servers = await openServers();
  const close = async () => {
    await servers.stop();
    await real.store.close();
    await bare.store.close();
  };
  try {
    const [echo, echoOff] = [await servers.start('echo', 'on'), await servers.start('echo', 'off')];
    const [agents, nothing] = [await servers.start('agents-hosting', 'off'), await servers.start('node:http', 'off')];
    const [bot, botOff] = [await servers.start('bot', 'on', on), await servers.start('bot', 'off', off)];
    const all = [
      ...[echo, echoOff].flatMap((server) => grid('echo', server, echoOf(server))),
      ...grid('agents-hosting echo', agents, echoOf(agents)),
      ...grid('node:http alone', nothing, echoOf(nothing)),
      ...[bot, botOff].flatMap((server) => ofBot(server, open)),
      ...ownQuestions(bot),
      ...(await inProcess(real, bare)),
    ];
    return { all, close };
  } catch (error) {
    await close();
    throw error;
  }
}
