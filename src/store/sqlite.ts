import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { CallStore } from '../call/callStore.ts';
import type { FailedLookups } from '../membership/failedLookups.ts';
import { patiently } from './patiently.ts';
import { migrate } from './schema.ts';
import { type Seal, sealWith } from './seal.ts';
import { storedCalls } from './storedCalls.ts';
import { storedFailures } from './storedFailures.ts';
import { together } from './together.ts';

/** Calls and failed lookups in one file. */
export type SqliteStore = {
  calls: CallStore;
  failures: FailedLookups;
  /** Throws when calls cannot be remembered. */
  check(): Promise<void>;
  close(): void;
};

/** At start another server may be making the tables. Later a statement hardly waits, since all calls wait with it. */
const BUSY_MS = { atStart: 2_000, later: 10 };

/** The file, readable by its owner only. SQLite gives its own files beside it the same rights. */
function openPrivately(file: string): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: BUSY_MS.atStart });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  return db;
}

const KEY_CHECK = 'key check';

/** A file sealed with another key is refused at start, before calls in it are taken for strangers. */
function checkKey(db: DatabaseSync, seal: Seal, file: string): void {
  db.prepare('INSERT INTO key_check (id, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING').run(seal.close(1, KEY_CHECK));
  const row = db.prepare('SELECT sealed FROM key_check').get() as { sealed: Uint8Array };
  try {
    seal.open(row.sealed, KEY_CHECK);
  } catch (cause) {
    const advice = 'Give the DATA_KEY it was made with, or delete the file and lose the calls that are in progress.';
    throw new Error(`${file} was sealed with another key. ${advice}`, { cause });
  }
}

/** Throws unless the database takes writing now, in the file that stands there under this name. */
function checkWritable(db: DatabaseSync, file: string, inode: number): void {
  if (statSync(file, { throwIfNoEntry: false })?.ino !== inode)
    throw new Error(`${file} was moved or deleted while it is in use: start the hotline again.`);
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec('UPDATE key_check SET id = 1');
  } finally {
    db.exec('ROLLBACK');
  }
}

/**
 * The store in a SQLite file, made where there is none. States are sealed and subjects hashed under `key` (32 bytes);
 * the carrier's call ids stand in clear. Every method throws within half a second when the database is locked.
 * @throws when the file was sealed with another key or belongs to a later version of this server.
 */
export function sqliteStore(file: string, key: Uint8Array, now: () => Date = () => new Date()): SqliteStore {
  const db = openPrivately(file);
  try {
    const seal = sealWith(key);
    migrate(db, file);
    checkKey(db, seal, file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS.later}`);
    const inode = statSync(file).ino;
    const write = together(db);
    return {
      calls: storedCalls(db, write, seal, now),
      failures: storedFailures(db, write, seal),
      check: () => patiently(() => checkWritable(db, file, inode)),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
