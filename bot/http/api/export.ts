import { z } from 'zod';
import { exportAll, exportPublished } from '../../app/export.ts';
import type { Say } from '../../cards/say.ts';
import { sayAuthorship, sayReason } from '../../cards/words.ts';
import { BYTE_ORDER_MARK, toLine } from '../../domain/csv.ts';
import type { ExportedThread } from '../../domain/exported.ts';
import { LEAST_TOLD } from '../../domain/few.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { PRINT_POLICY, printed } from './print.ts';
import { type Desk, route } from './route.ts';
import { Streamed, streamed } from './streamed.ts';
import { Authorship, Id, People, Reason } from './thread.ts';

const Wanted = z.strictObject({ leader: z.string().max(500).optional(), topic: z.string().max(500).optional() });
type Wanted = z.infer<typeof Wanted>;

/** What a line of the JSON export holds. It is parsed before it is written, so that no other field leaves the bot. */
export const Exported = z.strictObject({
  thread: Id,
  state: z.enum(['open', 'answered', 'declined', 'merged']),
  leader: z.string(),
  topic: z.string().optional(),
  week: z.string(),
  signed: z.boolean(),
  edited: z.boolean(),
  question: z.string(),
  alsoAsked: z.array(z.string()),
  votes: People,
  answer: z.strictObject({ words: z.string(), authorship: Authorship, corrected: z.boolean() }).optional(),
  conversation: z.array(
    z.strictObject({ kind: z.enum(['ask-back', 'clarification', 'follow-up', 'reply']), words: z.string() }),
  ),
  declined: z
    .strictObject({ reason: Reason, role: z.enum(['leader', 'curator']), words: z.string().optional() })
    .optional(),
  mergedInto: Id.optional(),
  channels: z.array(z.string()),
});

type Threads = AsyncIterable<ExportedThread>;
type Read = typeof exportAll;
interface File {
  type: string;
  name: string;
  headers?: Record<string, string>;
}

/** Answers with a file that is written while it is read. What fails on the way ends the connection: half a file never looks whole. */
async function stream(
  desk: Desk,
  wanted: Wanted,
  { read, ...file }: File & { read: Read },
  write: (threads: Threads) => AsyncGenerator<string>,
): Promise<Streamed | Refusal> {
  const threads = await read(desk.deps, desk.caller.id, wanted);
  return isRefusal(threads) ? threads : new Streamed(file, told(desk, write(threads)));
}

async function* told({ deps }: Desk, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* pieces;
  } catch (error) {
    deps.fault(error);
    throw error;
  }
}

const CSV = 'text/csv; charset=utf-8';
const asTable = route({
  method: 'get',
  path: '/api/export/csv',
  may: ['curator'],
  input: Wanted,
  output: streamed(CSV),
  act: (desk, wanted) =>
    stream(desk, wanted, { type: CSV, name: 'forthright.csv', read: exportAll }, (threads) =>
      toTable(desk.say, threads),
    ),
});

const COLUMNS = [
  ...(['thread', 'state', 'leader', 'topic', 'week', 'signed', 'question', 'alsoAsked', 'votes'] as const),
  ...(['answer', 'authorship', 'conversation', 'declined', 'channels'] as const),
] as const;

async function* toTable(say: Say, threads: Threads): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + toLine(COLUMNS.map((column) => say(`export.columns.${column}`)));
  for await (const thread of threads) yield toLine(COLUMNS.map((column) => cell(say, thread, column)));
}

function cell(say: Say, thread: ExportedThread, column: (typeof COLUMNS)[number]): string {
  const { answer, declined } = thread;
  switch (column) {
    case 'state':
      return say(`export.states.${thread.state}`);
    case 'signed':
      return say(thread.signed ? 'export.yes' : 'export.no');
    case 'alsoAsked':
      return thread.alsoAsked.join('\n\n');
    case 'votes':
      return thread.votes === 'few' ? say('export.few', { least: LEAST_TOLD }) : String(thread.votes);
    case 'answer':
      return answer?.words ?? '';
    case 'authorship':
      return answer === undefined ? '' : sayAuthorship(say, answer.authorship);
    case 'conversation':
      return thread.conversation.map(({ kind, words }) => `${say(`export.kinds.${kind}`)}: ${words}`).join('\n\n');
    case 'declined':
      return declined === undefined ? '' : [sayReason(say, declined.reason), declined.words].filter(Boolean).join('\n');
    case 'channels':
      return thread.channels.join(', ');
    case 'thread':
    case 'leader':
    case 'topic':
    case 'week':
    case 'question':
      return thread[column] ?? '';
  }
}

const JSON_TYPE = 'application/json';
const asJson = route({
  method: 'get',
  path: '/api/export/json',
  may: ['curator'],
  input: Wanted,
  output: streamed(JSON_TYPE),
  act: (desk, wanted) => stream(desk, wanted, { type: JSON_TYPE, name: 'forthright.json', read: exportAll }, toJson),
});

/** `{ "format": "forthright 1", "threads": [Exported, …] }`, a thread on each line. */
async function* toJson(threads: Threads): AsyncGenerator<string> {
  yield '{"format":"forthright 1","threads":[';
  let gap = '\n';
  for await (const thread of threads) {
    yield gap + JSON.stringify(Exported.parse(thread));
    gap = ',\n';
  }
  yield '\n]}\n';
}

const HTML = 'text/html; charset=utf-8';
const asPage = route({
  method: 'get',
  path: '/api/export/page',
  may: ['curator'],
  input: Wanted,
  output: streamed(HTML),
  act(desk, wanted) {
    const headers = { 'content-security-policy': `${PRINT_POLICY}; frame-ancestors 'none'; sandbox` };
    const file = { type: HTML, name: 'forthright.html', read: exportPublished, headers };
    return stream(desk, wanted, file, (threads) => printed(desk.say, desk.locale, threads));
  },
});

export const exporting = [asTable, asJson, asPage] as const;
