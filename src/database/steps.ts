/** The words in which the two kinds of database differ when tables are made. */
export type Words = {
  bytes: string;
  milliseconds: string;
  /** After the columns of a table, and of one that is nothing but its key. */
  strict: string;
  nothingButKey: string;
};

/** Makes of a database what the next release needs. */
export type Step = (words: Words) => string;

export const sqliteWords: Words = {
  bytes: 'BLOB',
  milliseconds: 'INTEGER',
  strict: 'STRICT',
  nothingButKey: 'STRICT, WITHOUT ROWID',
};

/*
 * Steps are added at the end and never changed. While a release is rolled out, copies of it and of the one before work on
 * the same tables, so a step leaves the release before working: it adds tables and columns that may be empty, and takes
 * away only what that release does not use any more. A release adds one step at the most: a server goes on with a
 * database that is one step ahead of it, and refuses one that is further.
 */

/** What is remembered of calls, and of lookups that failed. */
export const callSteps: readonly Step[] = [
  ({ bytes, milliseconds, strict, nothingButKey }) => `
    CREATE TABLE calls (call TEXT PRIMARY KEY, turn INTEGER NOT NULL, state ${bytes}, at ${milliseconds} NOT NULL) ${strict};
    CREATE INDEX calls_by_age ON calls (at);
    CREATE TABLE failed_lookups (
      subject ${bytes} NOT NULL, occasion ${bytes} NOT NULL, at ${milliseconds} NOT NULL, PRIMARY KEY (subject, occasion)
    ) ${nothingButKey};
    CREATE INDEX failed_lookups_by_occasion ON failed_lookups (occasion);
    CREATE INDEX failed_lookups_by_age ON failed_lookups (at);
    CREATE TABLE key_check (id INTEGER PRIMARY KEY CHECK (id = 1), sealed ${bytes} NOT NULL) ${strict}`,
  ({ bytes }) => `ALTER TABLE calls ADD COLUMN record ${bytes}`,
];

/** The steps that a database of this version still needs. Throws where it is too far ahead. */
export function stepsFrom(version: number, steps: readonly Step[], name: string): readonly Step[] {
  if (version > steps.length + 1)
    throw new Error(`${name} was made by a later version of this server: start that one.`);
  return steps.slice(version);
}
