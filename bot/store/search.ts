import { DatabaseSync } from 'node:sqlite';
import type { Order, Search, Wanted } from '../app/search.ts';
import { fold } from '../domain/words.ts';

const SCHEMA = `
  CREATE TABLE threads (at INTEGER PRIMARY KEY, id TEXT UNIQUE, leader TEXT, topic TEXT, since TEXT, votes INTEGER, helped INTEGER);
  CREATE INDEX threads_helpful ON threads (helped DESC, since DESC, id);
  CREATE INDEX threads_newest ON threads (since DESC, id);
  CREATE INDEX threads_wanted ON threads (votes DESC, since DESC, id);
  CREATE VIRTUAL TABLE texts USING fts5(asked, said, content='', contentless_delete=1, prefix='2 3');`;

const FILTER = `(:leader = '' OR t.leader = :leader) AND (:topic = '' OR t.topic = :topic)`;
const BY: Record<Order, string> = {
  newest: 't.since DESC, t.id',
  helpful: 't.helped DESC, t.since DESC, t.id',
  wanted: 't.votes DESC, t.since DESC, t.id',
};
/** A word of the question counts for three of the answer. */
const MATCHES = `SELECT t.id FROM texts x JOIN threads t ON t.at = x.rowid WHERE texts MATCH :match AND ${FILTER}
                 ORDER BY bm25(texts, 3, 1), t.since DESC, t.id LIMIT :limit OFFSET :from`;

/**
 * A search in memory, by SQLite's own full-text index: CONTRIBUTING.md has the figures beside MiniSearch's. It finds the
 * beginnings of words as they are typed, parts of long German ones, and words with a slip in them.
 */
export function makeSearch(): Search {
  const db = new DatabaseSync(':memory:');
  db.exec(SCHEMA);
  // Words of threads that are gone stay here: they find nothing any more.
  const vocabulary = new Set<string>();
  const place = db.prepare(
    `INSERT INTO threads (id, leader, topic, since, votes, helped) VALUES (?, ?, ?, ?, ?, ?) RETURNING at`,
  );
  const write = db.prepare('INSERT INTO texts (rowid, asked, said) VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM threads WHERE id = ? RETURNING at');
  const erase = db.prepare('DELETE FROM texts WHERE rowid = ?');
  const matching = db.prepare(MATCHES);
  const listing = (by: Order) =>
    db.prepare(`SELECT t.id FROM threads t WHERE ${FILTER} ORDER BY ${BY[by]} LIMIT :limit OFFSET :from`);
  const listings = { newest: listing('newest'), helpful: listing('helpful'), wanted: listing('wanted') };

  function drop(id: string): void {
    const known = forget.get(id);
    if (known !== undefined) erase.run(Number(known['at']));
  }

  return {
    put({ id, leader, topic, since, votes, helped, asked, said }) {
      drop(id);
      const placed = place.get(id, leader, topic, since, votes, helped);
      const [question, answer] = [fold(asked), fold(said)];
      write.run(Number(placed?.['at']), question, answer);
      for (const word of wordsIn(`${question} ${answer}`)) vocabulary.add(word);
    },
    drop,
    find({ words, leader = '', topic = '', by, from, limit }: Wanted) {
      const of = { leader, topic, from, limit };
      const alternatives = wordsIn(fold(words))
        .slice(0, MOST_WORDS)
        .map((word) => toCondition(word, vocabulary));
      if (alternatives.length === 0) return ids(listings[by].all(of));
      const all = ids(matching.all({ ...of, match: alternatives.join(' AND ') }));
      // Whoever types a whole sentence has small words in it that no thread need hold.
      return all.length > 0 || from > 0 ? all : ids(matching.all({ ...of, match: alternatives.join(' OR ') }));
    },
  };
}

const ids = (rows: Record<string, unknown>[]): string[] => rows.map((row) => String(row['id']));

/** Nobody means more than these; each one costs time. */
const MOST_WORDS = 8;
/** As FTS5 splits a text. */
const wordsIn = (folded: string): string[] => folded.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Shorter ones stand inside too many others. */
const LEAST_INSIDE = 4;
const MOST_INSIDE = 12;
const MOST_NEAR = 5;

/** What a typed word may stand for, as a condition of FTS5: its beginning, a part of a long word, or words like it. */
function toCondition(word: string, vocabulary: ReadonlySet<string>): string {
  const others = word.length < LEAST_INSIDE ? [] : otherWords(word, vocabulary);
  // Letters and digits alone: nothing in it can be read as a condition.
  return `(${[`"${word}"*`, ...others.map((other) => `"${other}"`)].join(' OR ')})`;
}

function otherWords(word: string, vocabulary: ReadonlySet<string>): string[] {
  let isBeginning = false;
  const around: string[] = [];
  for (const known of vocabulary) {
    const at = known.indexOf(word);
    if (at === 0) isBeginning = true;
    else if (at > 0) around.push(known);
  }
  if (around.length > 0) return around.toSorted((a, b) => a.length - b.length).slice(0, MOST_INSIDE);
  if (isBeginning) return [];
  return [...vocabulary].filter((known) => known[0] === word[0] && isNear(word, known)).slice(0, MOST_NEAR);
}

/** Tells whether one slip, or two in a long word, make one of these of the other: a letter more, less, other, or swapped. */
export function isNear(word: string, term: string): boolean {
  const most = word.length < LEAST_INSIDE ? 0 : word.length < 8 ? 1 : 2;
  if (Math.abs(word.length - term.length) > most) return false;
  let [before, last] = [[] as number[], Array.from({ length: term.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= word.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= term.length; j += 1) {
      const isSame = word[i - 1] === term[j - 1];
      const isSwapped = i > 1 && j > 1 && word[i - 1] === term[j - 2] && word[i - 2] === term[j - 1];
      const steps = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1)];
      row.push(Math.min(...steps, isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity));
    }
    [before, last] = [last, row];
  }
  return (last[term.length] ?? Infinity) <= most;
}
