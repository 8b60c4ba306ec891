import { setTimeout as delay } from 'node:timers/promises';
import { fillCompany } from './company.ts';
import { makeClient, type Request } from './rounds.ts';
import { openServers, type Server } from './servers.ts';
import type { Standing } from './serve.ts';
import { type Row, slope, toFigure, withGoal } from './table.ts';
import { makeTraffic } from './traffic.ts';

const TURNS = 200_000;
/** By then everything was loaded, compiled and remembered that will be. */
const SETTLED = 20_000;
const LOOK_EVERY = 10_000;
const AT_ONCE = 32;
/** By then the server has seen that the client closed its connections. */
const CLOSING_MS = 300;
/** What is collected late, or compiled late. */
const TOLERANCE = 0.03;

const inMb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** How a server stands after so many turns, with no connection open. */
export interface Point extends Standing {
  turns: number;
}

/** What a hundred turns are: mostly forms and pages, some votes, a question. */
function mixed(server: Server, open: string[]): [request: Request, share: number][] {
  const { form, page, vote, ask, mine } = makeTraffic(server, open);
  return [
    [form, 0.4],
    [page, 0.35],
    [mine(), 0.19],
    [vote, 0.05],
    [ask, 0.01],
  ];
}

async function act(server: Server, open: string[]): Promise<Point[]> {
  const client = makeClient();
  const mix = mixed(server, open);
  const points: Point[] = [];
  try {
    for (let turns = LOOK_EVERY; turns <= TURNS; turns += LOOK_EVERY) {
      for (const [{ body, ...request }, share] of mix) {
        const bodies = Array.from({ length: LOOK_EVERY * share }, body);
        await client.run({ ...request, bodies, atOnce: AT_ONCE });
      }
      await delay(CLOSING_MS);
      const point = { turns, ...(await server.child.ask<Standing>('how do you stand?')) };
      points.push(point);
      process.stderr.write(`  ${turns.toLocaleString('en')} turns, heap ${inMb(point.heap)}, RSS ${inMb(point.rss)}\n`);
    }
  } finally {
    await client.end();
  }
  return points;
}

const growth = (points: Point[], of: 'heap' | 'rss'): number =>
  slope(points.map((point) => ({ x: point.turns, y: point[of] })));

/** Whether memory and handles stay as they are, from the turn on by which all has settled. */
export function toSoakRows(all: Point[]): Row[] {
  const points = all.filter(({ turns }) => turns >= SETTLED);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The soak was too short');
  const heap = toFigure(`heap after ${last.turns.toLocaleString('en')} turns`, last.heap / 1e6, 'MB');
  const text = `within ${TOLERANCE * 100} % of that after ${first.turns.toLocaleString('en')}`;
  const more = { handles: last.handles - first.handles, files: last.files - first.files };
  const leak = toFigure('handles and open files, more', Math.max(more.handles, more.files), '');
  return [
    toFigure(`heap after ${first.turns.toLocaleString('en')} turns`, first.heap / 1e6, 'MB'),
    withGoal(
      { ...heap, ratio: last.heap / first.heap },
      text,
      last.heap <= first.heap * (1 + TOLERANCE),
      'something is kept for each turn',
    ),
    toFigure('heap, least squares', growth(points, 'heap'), 'B/turn'),
    toFigure('memory (RSS) after the last', last.rss / 1e6, 'MB'),
    toFigure('memory (RSS), least squares', growth(points, 'rss'), 'B/turn'),
    withGoal(leak, 'none', more.handles <= 0 && more.files <= 0, 'something is not closed'),
  ];
}

/** Hundreds of thousands of turns of one bot, with authentication. */
export async function soak(folder: string): Promise<Row[]> {
  const open = await fillCompany(folder);
  const servers = await openServers();
  try {
    return toSoakRows(await act(await servers.start('bot', 'on', folder), open));
  } finally {
    await servers.stop();
  }
}
