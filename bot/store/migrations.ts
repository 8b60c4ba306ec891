import type { DatabaseSync } from 'node:sqlite';

/** Each entry takes the database one version further. Entries are never changed once released. */
const MIGRATIONS = [
  // Random ids as keys and no rowid: the order of rows on disk says nothing of the order of asking.
  `CREATE TABLE questions (
     id TEXT PRIMARY KEY, leader TEXT NOT NULL, state TEXT NOT NULL, votes INTEGER NOT NULL, week TEXT NOT NULL,
     owed_at INTEGER, version INTEGER NOT NULL, doc TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX questions_listed ON questions (leader, state, votes DESC, week, id);
   CREATE INDEX questions_owed ON questions (owed_at) WHERE owed_at IS NOT NULL;
   CREATE TABLE seals (id TEXT PRIMARY KEY, epoch TEXT NOT NULL, capsule TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE slips (tag TEXT PRIMARY KEY, slip TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE votes (question TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (question, tag)) WITHOUT ROWID;
   CREATE TABLE greetings (tag TEXT PRIMARY KEY) WITHOUT ROWID;
   CREATE TABLE met (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE channels (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;`,
];

/** Brings the database to the newest version, each step whole or not at all. Throws on one from a newer release. */
export function migrate(db: DatabaseSync, steps: readonly string[] = MIGRATIONS): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > steps.length) {
    throw new Error(
      `The database has version ${version}, this release knows ${steps.length}. Install the newer release.`,
    );
  }
  for (const [at, step] of steps.entries()) {
    if (at < version) continue;
    db.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${at + 1}; COMMIT`);
  }
}
