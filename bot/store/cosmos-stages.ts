import { COUNTED } from '../app/ports.ts';
import type { StageListing, StageStore } from '../app/stages.ts';
import type { Question } from '../domain/question.ts';
import { isNewestFirst } from '../domain/stage.ts';
import { ALL } from './cosmos-containers.ts';
import { toRow } from './cosmos-questions.ts';
import type { Requests } from './cosmos-requests.ts';
import { readPlace, startOf, writePlace } from './cursor.ts';

type Found = { id: string; since: string; doc: Question };

const IN_ALL = `c.partition = '${ALL}'`;
const EARLIER = `${IN_ALL} AND NOT IS_DEFINED(c.stage)`;

/** The part of the Store that lists by stage, from two indexes: of all questions, and of each leader's. */
export const makeStages = (requests: Requests): StageStore => ({
  async staged(listing) {
    const { stage, leader, after, limit } = listing;
    const place = readPlace(after) ?? startOf(stage);
    const values = { stage, ...(leader === undefined ? {} : { leader }), ...place };
    const found = await requests.query<Found>('questions', ALL, page(listing), values);
    const end = found.length > limit ? found[limit - 1] : undefined;
    const questions = found.slice(0, limit).map(({ doc }) => doc);
    return end ? { questions, next: writePlace(end) } : { questions };
  },
  async countStaged({ stage, leader }) {
    const values = { stage, ...(leader === undefined ? {} : { leader }) };
    const sql = `SELECT TOP ${COUNTED} VALUE 1 FROM c WHERE ${of(leader)}`;
    return (await requests.query('questions', ALL, sql, values)).length;
  },
  async listEarlier(limit) {
    const sql = `SELECT TOP ${limit} c.doc, c._etag FROM c WHERE ${EARLIER}`;
    const found = await requests.query<{ doc: Question; _etag: string }>('questions', ALL, sql);
    // Whoever saves one of them meanwhile lists it.
    for (const { doc, _etag } of found) await requests.replace('questions', toRow(doc), _etag);
    return found.length;
  },
});

const of = (leader: string | undefined): string =>
  `${IN_ALL}${leader === undefined ? '' : ' AND c.doc.leader = @leader'} AND c.stage = @stage`;

/** As with the queue, the order names what is filtered by, or no index serves both. */
function page({ stage, leader, limit }: StageListing): string {
  const [past, order] = isNewestFirst(stage) ? ['<', 'DESC'] : ['>', 'ASC'];
  const by = [...(leader === undefined ? [] : ['c.doc.leader']), 'c.stage', 'c.since', 'c.id'];
  const after = `c.since ${past}= @since AND (c.since ${past} @since OR c.id ${past} @id)`;
  return `SELECT TOP ${limit + 1} c.id, c.since, c.doc FROM c WHERE ${of(leader)} AND ${after}
          ORDER BY ${by.map((field) => `${field} ${order}`).join()}`;
}
