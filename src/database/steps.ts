/** The words in which the two kinds of database differ when tables are made. */
export type Words = {
  bytes: string;
  /** A whole number of up to eight bytes. */
  long: string;
  /** Of a text: it is a month, `YYYY-MM`. */
  isMonth: string;
  /** After the columns of a table, and of one that is nothing but its key. */
  strict: string;
  nothingButKey: string;
};

/** Makes of the tables what the next release needs. */
type Step = (words: Words) => string;

/** Tables that belong together, and how they came to be what they are; `large` ones are read far more than written. */
export type Part = { name: string; large?: true; steps: readonly Step[] };

export const sqliteWords: Words = {
  bytes: 'BLOB',
  long: 'INTEGER',
  isMonth: "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'",
  strict: 'STRICT',
  nothingButKey: 'STRICT, WITHOUT ROWID',
};

export const postgresWords: Words = {
  bytes: 'BYTEA',
  long: 'BIGINT',
  isMonth: "~ '^[0-9]{4}-[0-9]{2}$'",
  strict: '',
  nothingButKey: '',
};

/*
 * Steps are added at the end and never changed. While a release is rolled out, copies of it and of the one before work on
 * the same tables, so a step leaves the release before working: it adds tables and columns that may be empty, and takes
 * away only what that release does not use any more. A release adds one step at the most: a server goes on with a
 * database that is one step ahead of it, and refuses one that is further.
 */

/** What is remembered of calls, and of lookups that failed. */
export const callTables: Part = {
  name: 'calls',
  steps: [
    ({ bytes, long, strict, nothingButKey }) => `
    CREATE TABLE calls (call TEXT PRIMARY KEY, turn INTEGER NOT NULL, state ${bytes}, at ${long} NOT NULL) ${strict};
    CREATE INDEX calls_by_age ON calls (at);
    CREATE TABLE failed_lookups (
      subject ${bytes} NOT NULL, occasion ${bytes} NOT NULL, at ${long} NOT NULL, PRIMARY KEY (subject, occasion)
    ) ${nothingButKey};
    CREATE INDEX failed_lookups_by_occasion ON failed_lookups (occasion);
    CREATE INDEX failed_lookups_by_age ON failed_lookups (at);
    CREATE TABLE key_check (id INTEGER PRIMARY KEY CHECK (id = 1), sealed ${bytes} NOT NULL) ${strict}`,
    ({ bytes }) => `ALTER TABLE calls ADD COLUMN record ${bytes}`,
    // Records are kept for so long that looking through all of them for what is not kept as long would take a second.
    () => 'CREATE INDEX calls_without_record ON calls (at) WHERE record IS NULL',
  ],
};

/** Our own members. Files of the first releases have these tables and no version. */
export const memberTables: Part = {
  name: 'members',
  large: true,
  steps: [
    ({ long, isMonth, strict, nothingButKey }) => `
    CREATE TABLE IF NOT EXISTS families (
      id INTEGER PRIMARY KEY,
      segment TEXT NOT NULL CHECK (segment IN ('pbi', 'pemda', 'ppu', 'mandiri', 'bp')),
      care_class INTEGER NOT NULL CHECK (care_class IN (1, 2, 3)),
      paid_through TEXT CHECK (paid_through ${isMonth})
    ) ${strict};
    CREATE TABLE IF NOT EXISTS members (
      card_number TEXT PRIMARY KEY CHECK (length(card_number) = 13),
      nik TEXT CHECK (length(nik) = 16),
      status_code TEXT NOT NULL,
      family INTEGER NOT NULL REFERENCES families (id)
    ) ${nothingButKey};
    CREATE TABLE IF NOT EXISTS population (
      members INTEGER NOT NULL,
      seed ${long} NOT NULL,
      complete INTEGER NOT NULL CHECK (complete IN (0, 1))
    ) ${strict};
    CREATE UNIQUE INDEX IF NOT EXISTS members_by_nik ON members (nik) WHERE nik IS NOT NULL;
    CREATE INDEX IF NOT EXISTS members_by_family ON members (family, status_code)`,
    // All that is told of a member in one place: among millions each further place takes as long to find.
    ({ isMonth }) => `
    ALTER TABLE members ADD COLUMN segment TEXT CHECK (segment IN ('pbi', 'pemda', 'ppu', 'mandiri', 'bp'));
    ALTER TABLE members ADD COLUMN care_class INTEGER CHECK (care_class IN (1, 2, 3));
    ALTER TABLE members ADD COLUMN paid_through TEXT CHECK (paid_through ${isMonth});
    ALTER TABLE members ADD COLUMN family_codes TEXT`,
  ],
};

/**
 * What still has to be done to the tables of a database that are at this version.
 * @throws where they are too far ahead of this release.
 */
export function stepsLeft({ steps }: Part, version: number, words: Words, name: string): string[] {
  if (version > steps.length + 1)
    throw new Error(`${name} was made by a later version of this server: start that one.`);
  return steps.slice(version).map((step) => step(words));
}
