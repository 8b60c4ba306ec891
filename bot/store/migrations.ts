import type { DatabaseSync } from 'node:sqlite';
import { StoreFault } from './faults.ts';

/** Each entry takes the database one version further. Entries are never changed once released. */
export const MIGRATIONS = [
  // Random ids as keys and no rowid: the order of rows on disk says nothing of the order of asking. SQLite leaves copies
  // behind when it moves rows from one page to another, and erases them never. Of a row it moves at most 230 bytes (pages
  // of 1,024 bytes: "Cell payload overflow" in its file format); `room` fills them, so the words stand on pages of their
  // own, which are not moved, and are zeroed whole.
  `CREATE TABLE questions (
     id TEXT PRIMARY KEY, leader TEXT NOT NULL, state TEXT NOT NULL, votes INTEGER NOT NULL, week TEXT NOT NULL,
     owed_at INTEGER, owes TEXT, version INTEGER NOT NULL, room BLOB NOT NULL DEFAULT (zeroblob(230)), doc TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX questions_listed ON questions (leader, state, votes DESC, week, id);
   CREATE INDEX questions_owed ON questions (owed_at) WHERE owed_at IS NOT NULL;
   CREATE INDEX questions_owes ON questions (owes, id) WHERE owes IS NOT NULL;
   CREATE TABLE seals (id TEXT PRIMARY KEY, epoch TEXT NOT NULL, capsule TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE waiting (
     id TEXT PRIMARY KEY, epoch TEXT NOT NULL, room BLOB NOT NULL DEFAULT (zeroblob(230)), capsule TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE slips (tag TEXT PRIMARY KEY, epoch TEXT NOT NULL, slip TEXT NOT NULL) WITHOUT ROWID;
   CREATE INDEX seals_epoch ON seals (epoch);
   CREATE INDEX waiting_epoch ON waiting (epoch);
   CREATE INDEX slips_epoch ON slips (epoch);
   CREATE INDEX questions_week ON questions (week, state);
   CREATE TABLE votes (question TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (question, tag)) WITHOUT ROWID;
   CREATE TABLE counts (day TEXT NOT NULL, tag TEXT NOT NULL, act TEXT NOT NULL, PRIMARY KEY (day, tag)) WITHOUT ROWID;
   CREATE TABLE blocks (
     tag TEXT PRIMARY KEY, mark TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, until TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX blocks_epoch ON blocks (epoch);
   CREATE INDEX blocks_until ON blocks (until);
   CREATE TABLE leases (job TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE greetings (tag TEXT PRIMARY KEY) WITHOUT ROWID;
   CREATE TABLE met (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE channels (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;`,
  // One row of settings, and one for each save that another followed.
  `CREATE TABLE settings (n INTEGER NOT NULL, doc TEXT NOT NULL);
   CREATE TABLE changes (n INTEGER PRIMARY KEY, doc TEXT NOT NULL);`,
  // The board. What was kept before has no day: the first one of its week stands in for it, as in domain/stage.ts. The columns
  // come after the words, so those stay on pages of their own.
  `ALTER TABLE questions ADD COLUMN stage TEXT;
   ALTER TABLE questions ADD COLUMN since TEXT;
   UPDATE questions SET
     stage = CASE state WHEN 'open' THEN 'waiting' WHEN 'declined' THEN 'declined' WHEN 'answered' THEN
       iif(json_array_length(doc, '$.publications') > 0, 'published', 'answered') END,
     since = iif(state = 'open', week, date(
       substr(week, 1, 4) || '-01-04', 'weekday 0', '-6 days', '+' || (7 * (substr(week, 7) - 1)) || ' days'));
   CREATE INDEX questions_staged ON questions (stage, since, id) WHERE stage IS NOT NULL;
   CREATE INDEX questions_staged_of ON questions (leader, stage, since, id) WHERE stage IS NOT NULL;`,
  // When each channel takes its next thread.
  'CREATE TABLE slots (channel TEXT PRIMARY KEY, version INTEGER NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;',
  // Who works on what.
  `CREATE TABLE claims (question TEXT PRIMARY KEY, curator TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
   CREATE INDEX claims_until ON claims (until);`,
  // Who voted, sealed: so that votes on merged questions add up without counting anybody twice.
  'ALTER TABLE votes ADD COLUMN voter TEXT',
  // What readers say of an answer.
  `CREATE TABLE reactions (
     question TEXT NOT NULL, tag TEXT NOT NULL, reaction TEXT NOT NULL, PRIMARY KEY (question, tag)
   ) WITHOUT ROWID`,
];

/** Brings the database to the newest version, each step whole or not at all. Throws StoreFault on a newer release's. */
export function migrate(db: DatabaseSync, steps: readonly string[] = MIGRATIONS): void {
  let done = false;
  while (!done) done = takeStep(db, steps);
}

function takeStep(db: DatabaseSync, steps: readonly string[]): boolean {
  // The lock comes before the look: of two processes that start at once, the second finds the step taken.
  db.exec('BEGIN IMMEDIATE');
  try {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > steps.length) {
      throw new StoreFault(`has version ${version}, this release knows ${steps.length}. Install the newer release.`);
    }
    const step = steps[version];
    if (step !== undefined) db.exec(`${step}; PRAGMA user_version = ${version + 1}`);
    db.exec('COMMIT');
    return step === undefined;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
