import { COUNTED } from '../app/ports.ts';
import type { StageStore } from '../app/stages.ts';
import type { Question } from '../domain/question.ts';
import { isNewestFirst, type Stage } from '../domain/stage.ts';
import { readPlace, startOf, writePlace } from './cursor.ts';
import type { Database } from './database.ts';

/** The part of the Store that lists by stage, from two indexes: of all questions, and of each leader's. */
export const makeStages = (db: Database): StageStore => ({
  async staged({ stage, leader, after, limit }) {
    const { since, id } = readPlace(after) ?? startOf(stage);
    const found = await db.all(page(stage, leader), ...whose(leader), stage, since, id, limit + 1);
    const rows = found.slice(0, limit);
    const questions = rows.map(({ doc }) => JSON.parse(String(doc)) as Question);
    const end = found.length > limit ? rows.at(-1) : undefined;
    return end
      ? { questions, next: writePlace({ since: String(end['since']), id: String(end['id']) }) }
      : { questions };
  },
  async countStaged({ stage, leader }) {
    const sql = `SELECT count(*) AS total FROM (SELECT 1 FROM questions WHERE ${of(leader)} LIMIT ?)`;
    return Number((await db.get(sql, ...whose(leader), stage, COUNTED))?.['total']);
  },
  // Rows of before were listed when the file was opened: migrations.ts.
  listEarlier: async () => 0,
});

const whose = (leader: string | undefined): string[] => (leader === undefined ? [] : [leader]);
const of = (leader: string | undefined): string => `${leader === undefined ? '' : 'leader = ? AND '}stage = ?`;

function page(stage: Stage, leader: string | undefined): string {
  const [past, order] = isNewestFirst(stage) ? ['<', 'DESC'] : ['>', 'ASC'];
  return `SELECT id, since, doc FROM questions WHERE ${of(leader)} AND (since, id) ${past} (?, ?)
          ORDER BY since ${order}, id ${order} LIMIT ?`;
}
