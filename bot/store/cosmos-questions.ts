import { Conflict, COUNTED, type Kept, type Listed, type Listing, type Store } from '../app/ports.ts';
import { LONGEST_CLAIM_MS, owedAt } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { sinceOf, stageOf } from '../domain/stage.ts';
import { statesOf } from '../domain/stuck.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';
import { BEGINNING, type Cursors } from './cursor.ts';

type Questions = Pick<Store, 'question' | 'add' | 'save' | 'all' | 'list' | 'owing' | 'nextOwed' | 'hasOpen'>;

/** Questions lie in one logical partition: a leader's hand-on moves nothing, and every query stays in it. */
export const makeQuestions = (requests: Requests, cursors: Cursors): Questions => ({
  async question(id): Promise<Kept | undefined> {
    const row = await requests.read('questions', id, ALL);
    return row && { question: row['doc'] as Question, version: String(row['_etag']) };
  },
  add: (question) => requests.create('questions', toRow(question)),
  async save(question, version) {
    const isSaved = await requests.replace('questions', toRow(question), version);
    if (!isSaved) throw new Conflict('The version of the question is no longer the current one');
  },
  all: ({ after = '', limit }) => requests.query('questions', ALL, every(limit), { after }),
  list: (listing) => list(requests, cursors, listing),
  owing(now, limit) {
    const sql = `SELECT TOP ${limit} VALUE c.id FROM c WHERE ${DUE} ORDER BY c.owedAt`;
    return requests.query('questions', ALL, sql, { now, ahead: now + LONGEST_CLAIM_MS });
  },
  async nextOwed() {
    return (await requests.query<number>('questions', ALL, NEXT))[0];
  },
  async hasOpen(week) {
    const open = await requests.query('questions', ALL, OPEN, { week });
    if (open.length > 0 || (await requests.query('waiting', ALL, WAITING, { week })).length > 0) return true;
    const into = await requests.query<string>('questions', ALL, MERGED, { week });
    for (const id of new Set(into)) {
      const row = await requests.read('questions', id, ALL);
      if ((row?.['doc'] as Question | undefined)?.state === 'open') return true;
    }
    return false;
  },
});

const IN_ALL = `c.partition = '${ALL}'`;
const FROM_AHEAD = `(c.owedAt > @ahead AND CONTAINS(c.owes, 'claimed'))`;
const DUE = `${IN_ALL} AND (c.owedAt <= @now OR ${FROM_AHEAD})`;
const NEXT = `SELECT TOP 1 VALUE c.owedAt FROM c WHERE ${IN_ALL} AND c.owedAt >= 0 ORDER BY c.owedAt`;
const OPEN = `SELECT TOP 1 VALUE c.id FROM c WHERE ${IN_ALL} AND c.doc.week = @week AND c.doc.state = 'open'`;
const MERGED = `SELECT VALUE c.doc.into FROM c WHERE ${IN_ALL} AND c.doc.week = @week AND c.doc.state = 'merged'`;
const every = (limit: number): string =>
  `SELECT TOP ${limit} VALUE c.doc FROM c WHERE ${IN_ALL} AND c.id > @after ORDER BY c.id`;
const WAITING = `SELECT TOP 1 VALUE c.id FROM c WHERE ${IN_ALL} AND c.epoch = @week`;

const LISTED = `${IN_ALL} AND c.doc.leader = @leader AND c.doc.state = @state`;
/** The index of lists serves filter and order together only where the order names what is filtered by, too. */
const ORDER = 'c.doc.leader ASC, c.doc.state ASC, c.doc.votes DESC, c.doc.week ASC, c.id ASC';
const AFTER = `c.doc.votes <= @votes AND (c.doc.votes < @votes OR c.doc.week > @week OR (c.doc.week = @week AND c.id > @id))`;

async function list(requests: Requests, cursors: Cursors, { leader, state, after, limit }: Listing): Promise<Listed> {
  const { votes, week, id } = (after === undefined ? undefined : cursors.read(after)) ?? BEGINNING;
  const page = `SELECT TOP ${limit + 1} VALUE c.doc FROM c WHERE ${LISTED} AND ${AFTER} ORDER BY ${ORDER}`;
  const found = await requests.query<Question>('questions', ALL, page, { leader, state, votes, week, id });
  const questions = found.slice(0, limit);
  const last = found.length > limit ? questions.at(-1) : undefined;
  // A first page that is the last one needs no count.
  const total = after === undefined && last === undefined ? found.length : await count(requests, { leader, state });
  return last ? { questions, total, next: cursors.write(last) } : { questions, total };
}

/** No further than COUNTED: what a count costs grows with what it counts. */
async function count(requests: Requests, of: Pick<Listing, 'leader' | 'state'>): Promise<number> {
  return (await requests.query('questions', ALL, `SELECT TOP ${COUNTED} VALUE 1 FROM c WHERE ${LISTED}`, of)).length;
}

/** What is looked for stands beside the document. */
export function toRow(question: Question) {
  const [owed, owes] = [owedAt(question), statesOf(question)];
  const due = { ...(owed === undefined ? {} : { owedAt: owed }), ...(owes === undefined ? {} : { owes }) };
  // A row without a stage is one of an earlier release.
  const staged = { stage: stageOf(question) ?? 'none', since: sinceOf(question) };
  return { id: question.id, partition: ALL, ...due, ...staged, doc: question };
}
