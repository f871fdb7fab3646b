import type { DatabaseSync } from 'node:sqlite';

/** Each step takes a database from one version to the next. Steps are added at the end and never changed. */
const steps = [
  `CREATE TABLE calls (call TEXT PRIMARY KEY, turn INTEGER NOT NULL, state BLOB, at INTEGER NOT NULL) STRICT;
   CREATE INDEX calls_by_age ON calls (at);
   CREATE TABLE failed_lookups (
     subject BLOB NOT NULL, occasion BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (subject, occasion)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX failed_lookups_by_occasion ON failed_lookups (occasion);
   CREATE INDEX failed_lookups_by_age ON failed_lookups (at);
   CREATE TABLE key_check (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;`,
  `ALTER TABLE calls ADD COLUMN record BLOB`,
  // Records are kept for so long that looking through all of them for what is not kept as long would take a second.
  `CREATE INDEX calls_without_record ON calls (at) WHERE record IS NULL`,
];

const versionOf = (db: DatabaseSync) =>
  (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

/** Brings a database to this server's version, whole or not at all, also when two servers start at once. */
export function migrate(db: DatabaseSync, file: string): void {
  if (versionOf(db) === steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(db);
    if (version > steps.length) throw new Error(`${file} was made by a later version of this server: start that one.`);
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${steps.length}; COMMIT`);
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
