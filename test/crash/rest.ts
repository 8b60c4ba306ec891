import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { owedAt } from '../../bot/domain/delivery.ts';
import type { Question } from '../../bot/domain/question.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeSealer } from '../../bot/seal/sealer.ts';
import { filesIn } from '../support/canary.ts';
import { settingsIn } from '../support/process.ts';

/** What a store holds, read beside the bot and without its code. */
export interface Rest {
  questions: Question[];
  /** By their ids. */
  seals: Set<string>;
  votes: Map<string, number>;
  /** What is torn: in the file, or between a document and what stands beside it. */
  torn: string[];
}

/** Where a bot keeps everything. Another store is another ground. */
export interface Ground {
  settings: Record<string, string>;
  read(): Promise<Rest>;
  /** How many questions owe something, and how many wait to enter. */
  busy(): Promise<{ owing: number; waiting: number }>;
  /** The key under which a question's Seal is stored. */
  sealId(question: string): string;
  /** The keys, to be made as old as a test needs them. The bot must not run. */
  keys(): Keys;
  /** Every file that it keeps, but the directory; and every row that is kept elsewhere. */
  files(): Promise<{ file: string; bytes: Buffer }[]>;
  close(): Promise<void>;
}

/** What grounds in folders share: settings, keys, files. */
export function groundIn(folder: string): Pick<Ground, 'settings' | 'sealId' | 'keys' | 'files'> {
  const settings = settingsIn(folder);
  const keys = () => Keys.open(String(settings['KEY_FILE']), { mayMake: false });
  return {
    settings,
    keys,
    sealId: (question) => makeSealer(keys(), { now: () => new Date() }).sealId(question),
    files: async () => filesIn(folder).filter(({ file }) => file !== 'directory.json'),
  };
}

export async function sqliteIn(folder: string): Promise<Ground> {
  const path = join(folder, 'data', 'forthright.db');
  return {
    ...groundIn(folder),
    read: async () => readSqlite(path),
    async busy() {
      const sql = `SELECT (SELECT count(*) FROM questions WHERE owed_at IS NOT NULL) AS owing,
                          (SELECT count(*) FROM waiting) AS waiting`;
      const { owing, waiting } = reading(path, (db) => db.prepare(sql).get()) ?? {};
      return { owing: Number(owing), waiting: Number(waiting) };
    },
    close: async () => {},
  };
}

function reading<Result>(path: string, read: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

const readSqlite = (path: string): Rest =>
  reading(path, (db) => {
    const all = (sql: string) => db.prepare(sql).all();
    const rows = all('SELECT * FROM questions');
    const votes = all('SELECT question, count(*) AS total FROM votes GROUP BY question');
    const questions = rows.map(({ doc }) => JSON.parse(String(doc)) as Question);
    return {
      questions,
      seals: new Set(all('SELECT id FROM seals').map(({ id }) => String(id))),
      votes: new Map(votes.map(({ question, total }) => [String(question), Number(total)])),
      torn: [...rows.flatMap(tornRow), ...all('PRAGMA integrity_check').flatMap(tornFile)],
    };
  });

const tornFile = ({ integrity_check: said }: Record<string, unknown>): string[] =>
  said === 'ok' ? [] : [String(said)];

/** The columns by which a question is found have to say what its document says. */
function tornRow({ doc, ...row }: Record<string, unknown>): string[] {
  const question = JSON.parse(String(doc)) as Question;
  const { id, leader, state, votes, week } = question;
  const expected = { id, leader, state, votes, week, owed_at: owedAt(question) ?? null };
  const wrong = Object.entries(expected).filter(([column, value]) => row[column] !== value);
  if (Number(row['version']) < 1) wrong.push(['version', 'at least 1']);
  return wrong.map(([column, value]) => `question ${id}: ${column} is ${String(row[column])}, not ${String(value)}`);
}
