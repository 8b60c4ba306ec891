import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { queue } from '../../bot/app/lead.ts';
import { ask } from '../../bot/domain/life.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { weekOf } from '../../bot/domain/week.ts';
import { ines } from '../support/cast.ts';
import { databaseOf } from './company.ts';
import { measure, rowsOf, type Subject } from './rounds.ts';
import { openStage, type Stage, words } from './stage.ts';
import { type Goal, type Row, toFigure } from './table.ts';

const SIZES = [1_000, 100_000, 1_000_000];
/** A million is not filled where it would take longer, unless it is asked for. */
const FILL_MS = 60_000;
const PACE = { rounds: 15, sliceMs: 100, warmUp: 50, lastRoundMs: 30_000 };
const AT_MOST = 1.3;

const named = (size: number): string => `queue page, ${size.toLocaleString('en')} open questions`;
const deepIn = (size: number): string => `queue page deep in ${size.toLocaleString('en')} open questions`;

export interface Filled {
  bytes: number;
  tookMs: number;
}

/**
 * Fills a queue of Ines' in one statement, from one question as the domain makes it, and with the schema's own indexes built
 * at the end. Votes and ids are strewn, so that neighbours in the queue are none in the file.
 */
export async function fillQueue(folder: string, size: number): Promise<Filled> {
  const begun = performance.now();
  await openStage(folder).store.close();
  const file = databaseOf(folder);
  const db = new DatabaseSync(file);
  const asked = { id: '', leader: ines.aadObjectId, words: words(0), week: weekOf(new Date()) };
  const template = JSON.stringify({ ...ask(asked), deliveries: [] });
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
  const indexes = db
    .prepare("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'questions' AND type = 'index' AND sql IS NOT NULL")
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  db.prepare(
    `WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < ?),
       strewn AS MATERIALIZED
         (SELECT printf('%06x', n) || lower(hex(randomblob(8))) AS id, n * 2654435761 % 4294967296 % 41 AS votes FROM counted)
     INSERT INTO questions (id, leader, state, votes, week, owed_at, version, doc)
       SELECT id, ?, 'open', votes, ?, NULL, 1, json_set(?, '$.id', id, '$.votes', votes) FROM strewn`,
  ).run(size, asked.leader, asked.week, template);
  for (const { sql } of indexes) db.exec(sql);
  db.close();
  return { bytes: statSync(file).size, tookMs: performance.now() - begun };
}

/** The middle of the first so many: among thousands with as many votes. */
const DEEP = 20_000;

/** What it is to turn to the first page, and to one in the middle of many. */
async function subjectsOf(size: number, { deps, store }: Stage): Promise<Subject[]> {
  const leader = ines.aadObjectId;
  const turnTo = (after?: string) => async () => {
    const page = await queue(deps, leader, { after });
    if (isRefusal(page) || page.questions.length < 5) throw new Error('There is no such page');
  };
  const { next } = await store.list({ leader, state: 'open', limit: Math.min(size, DEEP) / 2 });
  const goal: Goal = { p50AtMost: AT_MOST, why: 'the index is deeper' };
  return [[named, turnTo()] as const, [deepIn, turnTo(next)] as const].map(([name, act]) => ({
    name: name(size),
    beside: name(SIZES[0] ?? 0),
    atOnce: 1,
    act,
    ...(size === SIZES.at(-1) && { goal }),
  }));
}

/** A page of a queue, however long it is: beside that of the shortest. */
export async function queuePage(folder: string, { full }: { full: boolean }): Promise<Row[]> {
  const stages: Stage[] = [];
  const filled: Row[] = [];
  const subjects: Subject[] = [];
  try {
    let slowest = 0;
    for (const size of SIZES) {
      if (!full && slowest * size > FILL_MS) {
        filled.push({ ...toFigure(named(size), Number.NaN, 'ms'), note: 'not filled, it would take minutes: --full' });
        continue;
      }
      const own = join(folder, String(size));
      const { bytes, tookMs } = await fillQueue(own, size);
      slowest = tookMs / size;
      const stage = openStage(own);
      stages.push(stage);
      subjects.push(...(await subjectsOf(size, stage)));
      const note = `filled in ${(tookMs / 1000).toFixed(1)} s`;
      filled.push({ ...toFigure(`file with ${size.toLocaleString('en')} open questions`, bytes / 1e6, 'MB'), note });
    }
    return [...rowsOf(await measure(subjects, PACE)), ...filled];
  } finally {
    for (const { store } of stages) await store.close();
  }
}
