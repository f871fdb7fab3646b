import { PostgresQueryCompiler } from 'kysely';
import { type Answer, type Connections, connectionsTo, isRefused, type Query } from './connections.ts';
import type { Database, Filled } from './database.ts';
import { postgresNews } from './postgresNews.ts';
import { preparing } from './prepare.ts';
import { asStored } from './seal.ts';
import { type Part, postgresWords, stepsLeft } from './steps.ts';
import { type Together, together } from './together.ts';

/** Whoever makes or fills tables holds this lock, so that of copies which start together one does it. */
const TABLES_LOCK = 1_500_400;

const asQuery = ({ statement, values }: Filled): Query => ({
  name: `hotline ${statement.number}`,
  text: statement.sql,
  values: values.map(asStored),
});

/**
 * Takes the locks of things that are named, one after the other in an order that all keep, so that nobody waits for
 * somebody who waits for them. One question for all: asking for each would take longer than locking it.
 */
function locksOf(named: readonly Uint8Array[]): string {
  if (named.length === 0) return '';
  const keys = named.map((bytes) => Buffer.from(bytes).readBigInt64BE()).sort((a, b) => (a < b ? -1 : 1));
  return `; SELECT count(pg_advisory_xact_lock(key)) FROM unnest('{${keys}}'::bigint[]) AS key`;
}

/**
 * So many writes are one transaction at the most, and so many such transactions are under way at once. A disk takes as long
 * for one turn as for many; but each waits for all that it is written with.
 */
const TOGETHER = { most: 64, atOnce: 2 };

const rowsOf = (answers: readonly Answer[]): number[] => answers.map(({ rowCount }) => rowCount ?? 0);

/** Changes that are made together or not at all, and the things that they name. */
type Piece = { queries: readonly Query[]; named: readonly Uint8Array[] };

/** Writes pieces as one; where that fails, nobody shall suffer from another one's fault, and each is tried alone. */
function writingTogether({ ask, transact }: Connections): Together<Piece, number[]> {
  const writeAlone = async ({ queries, named }: Piece) =>
    rowsOf(
      queries.length === 1 && named.length === 0 ? [await ask(queries[0]!)] : await transact(queries, locksOf(named)),
    );
  return together(async (pieces: readonly Piece[]) => {
    if (pieces.length === 1) return [await writeAlone(pieces[0]!)];
    try {
      const queries = pieces.flatMap((piece) => piece.queries);
      const rows = rowsOf(await transact(queries, locksOf(pieces.flatMap(({ named }) => named))));
      return pieces.map((piece) => rows.splice(0, piece.queries.length));
    } catch (error) {
      if (!isRefused(error)) throw error;
      return Promise.all(pieces.map((piece) => writeAlone(piece).catch((fault: Error) => fault)));
    }
  }, TOGETHER);
}

/** Brings the tables to this server's version, whole or not at all; copies that start together wait for one of them. */
async function migrate({ name, alone }: Connections, part: Part): Promise<void> {
  await alone(TABLES_LOCK, async (ask) => {
    await ask({ text: 'CREATE TABLE IF NOT EXISTS versions (part TEXT PRIMARY KEY, version INTEGER NOT NULL)' });
    const { rows } = await ask({ text: 'SELECT version FROM versions WHERE part = $1', values: [part.name] });
    const steps = stepsLeft(part, rows[0]?.version ?? 0, postgresWords, name);
    if (steps.length === 0) return;
    for (const text of steps) await ask({ text });
    const upsert = 'INSERT INTO versions VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET version = excluded.version';
    await ask({ text: upsert, values: [part.name, part.steps.length] });
  });
}

/**
 * A database in a PostgreSQL, with these tables. It waits for nothing longer than a second or so: neither
 * for one of its `most` connections, nor for an answer. Connections that are lost are made again.
 * @throws when there is no PostgreSQL at that address, or its tables belong to a later version of this server.
 */
export async function postgresDatabase(url: string, part: Part, most: number): Promise<Database> {
  const connections = connectionsTo(url, most);
  const { name, ask, alone, close } = connections;
  try {
    await migrate(connections, part);
  } catch (error) {
    await close();
    throw error;
  }
  const writing = writingTogether(connections);
  const allAlone: Database['alone'] = (work) =>
    alone(TABLES_LOCK, (ask) =>
      work({
        read: async (question) => (await ask(asQuery(question))).rows,
        write: async (changes) => rowsOf(await Promise.all(changes.map((change) => ask(asQuery(change))))),
      }),
    );
  return {
    name,
    prepare: preparing(new PostgresQueryCompiler(), 'bytea'),
    read: async (question) => (await ask(asQuery(question))).rows,
    write: (changes, named = []) => writing.ask({ queries: changes.map(asQuery), named }),
    alone: allAlone,
    erase: (changes) => allAlone(({ write }) => write(changes)),
    news: postgresNews(url, connections),
    async check() {
      await ask({ text: 'BEGIN READ WRITE; ROLLBACK' });
    },
    async close() {
      await writing.done();
      await close();
    },
  };
}
