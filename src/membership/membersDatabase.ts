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
  CREATE TABLE IF NOT EXISTS population (
    members INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1))
  ) STRICT;
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

/** How many members a population has, and the chance that they come from. */
export type PopulationSize = { members: number; seed: number };

const markOf = (database: DatabaseSync) =>
  database.prepare('SELECT members, seed, complete FROM population').get() as
    | (PopulationSize & { complete: 0 | 1 })
    | undefined;

/** Whether a population was laid to its end, be it one of nobody. One that was laid before there were marks counts. */
export function isPopulated(database: DatabaseSync): boolean {
  const mark = markOf(database);
  if (mark) return mark.complete === 1;
  return database.prepare('SELECT 1 FROM families WHERE id > 0 LIMIT 1').get() !== undefined;
}

/** The population that was begun and never finished; null where there is none. */
export function unfinishedPopulation(database: DatabaseSync): PopulationSize | null {
  const mark = markOf(database);
  return mark?.complete === 0 ? { members: mark.members, seed: mark.seed } : null;
}

function begin(database: DatabaseSync, { members, seed }: PopulationSize): void {
  database.exec('DELETE FROM members WHERE family > 0; DELETE FROM families WHERE id > 0; DELETE FROM population');
  database.prepare('INSERT INTO population VALUES (?, ?, 0)').run(members, seed);
}

const finish = (database: DatabaseSync): void => database.exec('UPDATE population SET complete = 1');

/** Lays a population in the place of the one there was, under ids above zero. Call it in one go. */
export function layPopulation(database: DatabaseSync, size: PopulationSize, families: Iterable<FamilyRecord>): void {
  begin(database, size);
  const lay = layingOf(database);
  let id = 0;
  for (const family of families) lay(++id, family);
  finish(database);
}

/** The same some thousands of members at a time: the mark tells a population that was broken off from a whole one. */
export function replacePopulation(
  database: DatabaseSync,
  size: PopulationSize,
  families: Iterable<FamilyRecord>,
): void {
  const lay = layingOf(database);
  let id = 0;
  inOneGo(database, () => begin(database, size));
  const goOn = (work: () => void) =>
    inOneGo(database, () => {
      const begun = unfinishedPopulation(database);
      if (begun?.members !== size.members || begun.seed !== size.seed)
        throw new Error('somebody else has laid another population meanwhile');
      work();
    });
  for (const batch of batchesOf(families))
    goOn(() => {
      for (const family of batch) lay(++id, family);
    });
  goOn(() => finish(database));
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
