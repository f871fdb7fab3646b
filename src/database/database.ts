import type { Compilable, QueryCreator } from 'kysely';
import type { Schema } from './schema.ts';
import type { Unsealed } from './seal.ts';

/** What stands in a column. */
export type Value = string | number | Uint8Array | null;

/** What fills a blank: what is going to stand in a column, or what is sealed before it does. */
export type Filling = Value | Unsealed;

/** SQL with blanks, told from the other statements of its database by a number. `Row` is what it gives. */
export type Statement<Row> = { number: number; sql: string; gives?: Row };

/** A statement with its blanks filled in. */
export type Filled<Row = unknown> = { statement: Statement<Row>; values: Filling[] };

/**
 * Words a query once, for the kind of database that it is; from then on its blanks are filled in by name. `bytes` is what
 * the database calls a type of bytes.
 */
export type Prepare = <Blanks extends Record<string, Filling>, Row>(
  word: (query: QueryCreator<Schema>, blanks: Blanks, bytes: 'blob' | 'bytea') => Compilable<Row>,
) => (values: Blanks) => Filled<Row>;

/** Tables to ask and to change. */
export type Tables = {
  read<Row>(question: Filled<Row>): Promise<Row[]>;
  write(changes: readonly Filled[]): Promise<number[]>;
};

/** Words that are called out to all who listen at the moment, in other processes and on other machines too. */
export type News = {
  /** At most 7900 bytes, nothing that only a sealed row may hold. */
  callOut(words: string): Promise<void>;
  /**
   * Hears what others call out; `missed` is told when something may have been called out in vain, after the connection
   * was lost. Returns how to stop.
   */
  listen(hear: (words: string) => void, missed: () => void): () => Promise<void>;
};

/** Tables that outlive the process. Each method rejects within a second or so when they cannot be reached. */
export type Database = {
  /** What to call it in a sentence to an operator; no password stands in it. */
  name: string;
  prepare: Prepare;
  read<Row>(question: Filled<Row>): Promise<Row[]>;
  /**
   * Does all of this or nothing, and says how many rows each statement changed; on the disk when it resolves. Of writes
   * that name one of the same things, one comes after the other. Where a connection is lost a write may be done twice.
   */
  write(changes: readonly Filled[], named?: readonly Uint8Array[]): Promise<number[]>;
  /** Work on the tables while nobody else works on them like this, as a whole or not at all. May take a minute. */
  alone<Result>(work: (tables: Tables) => Promise<Result>): Promise<Result>;
  /** A write of what shall be gone: nothing of it is left in a log either, where we can see to that. May take a minute. */
  erase(changes: readonly Filled[]): Promise<number[]>;
  /** Null where nobody else works on these tables. */
  news: News | null;
  /** Rejects when nothing can be written. */
  check(): Promise<void>;
  /** Ends it when what is being written is written. May be asked twice. */
  close(): Promise<void>;
};
