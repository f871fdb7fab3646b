import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FamilyRecord } from './family.ts';

const millisecondsToOpen = 1000;
const millisecondsToAnswer = 200;
const membersAtOnce = 20_000;

const schema = `
  CREATE TABLE IF NOT EXISTS families (
    id INTEGER PRIMARY KEY,
    segment TEXT NOT NULL CHECK (segment IN ('pbi', 'pemda', 'ppu', 'mandiri', 'bp')),
    care_class INTEGER NOT NULL CHECK (care_class IN (1, 2, 3)),
    paid_through TEXT CHECK (paid_through GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]')
  ) STRICT;
  CREATE TABLE IF NOT EXISTS members (
    card_number TEXT PRIMARY KEY CHECK (length(card_number) = 13),
    nik TEXT CHECK (length(nik) = 16),
    status_code TEXT NOT NULL,
    family INTEGER NOT NULL REFERENCES families (id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS members_by_nik ON members (nik) WHERE nik IS NOT NULL;
  CREATE INDEX IF NOT EXISTS members_by_family ON members (family, status_code);
`;

/** Opens the file of members, readable by its owner only; makes it with its tables where there is none. */
export function openMembersDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: millisecondsToOpen });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    inOneGo(database, () => database.exec(schema));
  } catch (trouble) {
    database.close();
    throw trouble;
  }
  return database;
}

/** From now on a lookup that meets a lock gives up soon: a caller waits at the other end. */
export function answerQuickly(database: DatabaseSync): void {
  database.exec(`PRAGMA busy_timeout = ${millisecondsToAnswer}`);
}

/** Does all of the work, or none of it when something in it fails. */
export function inOneGo<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (trouble) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw trouble;
  }
}

/** Lays the invented families anew, under ids below zero. Call it in one go. */
export function layInvented(database: DatabaseSync, families: readonly FamilyRecord[]): void {
  database.exec('DELETE FROM members WHERE family < 0; DELETE FROM families WHERE id < 0');
  const lay = layingOf(database);
  for (const [index, family] of families.entries()) lay(-1 - index, family);
}

/** Whether anybody but the invented members is known. */
export const isPopulated = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM families WHERE id > 0 LIMIT 1').get() !== undefined;

/** Lays the first population, under ids above zero. Call it in one go. */
export function layPopulation(database: DatabaseSync, families: Iterable<FamilyRecord>): void {
  const lay = layingOf(database);
  let id = 0;
  for (const family of families) lay(++id, family);
}

/** Puts these families in the place of the population there was, some thousands of members at a time. */
export function replacePopulation(database: DatabaseSync, families: Iterable<FamilyRecord>): void {
  inOneGo(database, () => database.exec('DELETE FROM members WHERE family > 0; DELETE FROM families WHERE id > 0'));
  const lay = layingOf(database);
  let id = 0;
  for (const batch of batchesOf(families)) {
    inOneGo(database, () => {
      for (const family of batch) lay(++id, family);
    });
  }
}

function* batchesOf(families: Iterable<FamilyRecord>): Generator<FamilyRecord[]> {
  let batch: FamilyRecord[] = [];
  let members = 0;
  for (const family of families) {
    batch.push(family);
    members += family.members.length;
    if (members < membersAtOnce) continue;
    yield batch;
    batch = [];
    members = 0;
  }
  yield batch;
}

function layingOf(database: DatabaseSync): (id: number, family: FamilyRecord) => void {
  const layFamily = database.prepare('INSERT INTO families VALUES (?, ?, ?, ?)');
  const layMember = database.prepare('INSERT INTO members VALUES (?, ?, ?, ?)');
  return (id, family) => {
    layFamily.run(id, family.segment, family.careClass, family.paidThrough);
    for (const member of family.members) layMember.run(member.cardNumber, member.nik, member.statusCode, id);
  };
}
