import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mine } from '../../bot/app/mine.ts';
import { weekOf } from '../../bot/domain/week.ts';
import { type Incoming, incoming } from '../support/activities.ts';
import { startBot } from '../support/bot.ts';
import { ines, type Person } from '../support/cast.ts';
import { startEcho } from './echo.ts';
import { makeBareSealer } from './sealers.ts';
import {
  asks,
  asksAndIsDelivered,
  employee,
  freshId,
  LIMITS,
  MIXING,
  openStage,
  SERVICE_URL,
  type Stage,
  words,
} from './stage.ts';
import type { Goal } from './table.ts';

/** Something to measure: a request with what its answer holds, or an act in this process. */
export type Subject = { name: string; atOnce: number; goal?: Goal } & (
  | { url: string; body: () => string; expect: string }
  | { act: () => Promise<unknown> }
);

export interface Subjects {
  all: Subject[];
  close(): Promise<void>;
}

/** Nobody asks or votes more often than production lets them. */
const PEOPLE = 6000;
const OPEN_QUESTIONS = 50;
const FEW = employee(PEOPLE + 1);
const MANY = employee(PEOPLE + 2);

const activity = incoming({ serviceUrl: SERVICE_URL });
const leader = ines.aadObjectId;
const ECHO = 'echo: Action.Execute';

const OWN = 200;

/** Lets everybody be known, and asks. */
async function fill(stage: Stage): Promise<string[]> {
  const { store, hand } = stage;
  for (let n = 0; n < PEOPLE; n += 1) await store.addGreeting(hand(employee(n)).greetingTag());
  const open: string[] = [];
  for (let n = 0; n < OPEN_QUESTIONS; n += 1) open.push(await asksAndIsDelivered(stage, employee(n), n));
  for (const person of [FEW, MANY]) await store.addGreeting(hand(person).greetingTag());
  for (let n = 0; n < 20; n += 1) await asksAndIsDelivered(stage, FEW, n);
  for (let n = 0; n < OWN; n += 1) await asksAndIsDelivered(stage, MANY, n);
  return open;
}

/** Counts up, so that each request is somebody else's. */
function counter(): () => number {
  let n = -1;
  return () => (n += 1);
}

const executes = (person: Person, verb: string, data: object = {}): string =>
  JSON.stringify(activity.executes(person, verb, data) satisfies Incoming);

/** Rows with a goal of their rate, at one and at 32 at once. */
const twice = (name: string, request: { url: string; body: () => string; expect: string }, goal?: Goal): Subject[] =>
  [1, 32].map((atOnce) => ({ name: `${name}, ${atOnce} at once`, atOnce, ...request, ...(goal && { goal }) }));

function overHttp(url: string, open: string[]): Subject[] {
  const [asker, voter] = [counter(), counter()];
  const asking = () => {
    const n = asker();
    // Strides through the company, so that nobody's votes and questions meet.
    return executes(employee(n % PEOPLE), 'ask.send', { submission: freshId(), leader, words: words(n) });
  };
  const voting = () => {
    const n = voter();
    const question = open[(n + Math.floor(n / PEOPLE)) % open.length] ?? '';
    return executes(employee(n % PEOPLE), 'vote.add', { question, leader });
  };
  const page = { body: () => executes(employee(0), 'questions.page', { leader }), expect: 'Open questions' };
  const own = (person: Person) => ({
    url,
    atOnce: 1,
    body: () => executes(person, 'mine.open'),
    expect: 'My questions',
  });
  return [
    ...twice('Action.Execute', { url, ...page }, { rateAtLeast: 1.3 }),
    ...twice('vote', { url, body: voting, expect: 'Open questions' }, { rateAtLeast: 1.1 }),
    ...twice('ask', { url, body: asking, expect: 'on its way' }, { rateAtLeast: 0.6 }),
    { name: 'My questions, 20', ...own(FEW) },
    { name: 'My questions, 200', ...own(MANY), goal: { p99Under: 50 } },
  ];
}

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
  return [
    { name: 'look up 200 own questions', atOnce: 1, act: () => lookUp(real), goal: { p99Under: 50 } },
    { name: 'ask in process', atOnce: 1, act: () => asking(real, first) },
    { name: 'ask in process, sealer that does nothing', atOnce: 1, act: () => asking(bare, second) },
    { name: 'seal an address', atOnce: 1, act: () => hand.seal('question') },
    { name: 'open an address', atOnce: 1, act: () => real.opener.open('question', seal) },
  ];
}

/** Starts the echo and the bot, each on a port of its own, and two stages beside them, all in this process. */
export async function openSubjects(folder: string): Promise<Subjects> {
  const folders = ['bot', 'real', 'bare'].map((name) => join(folder, name)) as [string, string, string];
  for (const each of folders) mkdirSync(each);
  const before = openStage(folders[0]);
  const open = await fill(before);
  await before.store.close();
  const options = { forms: 'inline', serviceUrl: '', limits: LIMITS, mixing: MIXING } as const;
  const bot = await startBot({ ...options, folder: folders[0] });
  const echo = await startEcho();
  const [real, bare] = [openStage(folders[1]), openStage(folders[2], makeBareSealer(weekOf(new Date())))];
  return {
    all: [
      ...twice(ECHO, { url: echo.url, body: () => executes(employee(0), 'echo'), expect: 'An echo' }),
      ...overHttp(bot.url, open),
      ...(await inProcess(real, bare)),
    ],
    async close() {
      await bot.stop();
      await echo.stop();
      await real.store.close();
      await bare.store.close();
    },
  };
}

export const isEcho = ({ name }: Subject): boolean => name.startsWith(ECHO);
