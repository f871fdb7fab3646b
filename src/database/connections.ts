import pg from 'pg';
import { patiently } from './patiently.ts';

/** SQL for PostgreSQL; what has a name is worded once a connection. */
export type Query = { name?: string; text: string; values?: unknown[] };

export type Answer = pg.QueryResult;

/** What is done in a transaction, one step after the other. */
export type Work<Result> = (ask: (query: Query) => Promise<Answer>) => Promise<Result>;

/** A bounded number of connections to one PostgreSQL. */
export type Connections = {
  /** The server and its database, without user and password. */
  name: string;
  ask(query: Query): Promise<Answer>;
  /** Does all of this or nothing, in one go there and back; first of all what stands in `prelude`. */
  transact(queries: readonly Query[], prelude?: string): Promise<Answer[]>;
  /** A transaction step by step, while nobody else, also in another process, has one with the same lock. */
  alone<Result>(lock: number, work: Work<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** How long a free connection, a statement, and the answer to it are waited for: a caller waits at the other end. */
const WAIT_MS = { connection: 1_000, statement: 1_000, answer: 1_500 };

/** How long whoever works alone may take for one statement, and waits for another who does. */
const WORK_MS = 60_000;

/** So soon a transaction is given up whose copy has died, with the locks that it holds. */
const ABANDONED_MS = 5_000;

/** PostgreSQL refuses, shuts down, has crashed or is starting: it may be back in a moment. */
const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']);
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && awayCodes.has(String(error.code))) return true;
  return /^Connection terminated unexpectedly|is not queryable$/.test(error.message) || isAway(error.cause);
}

/** PostgreSQL was there and has refused what it was asked: another question may fare better. */
export const isRefused = (error: unknown): boolean => error instanceof pg.DatabaseError && !isAway(error);

/** Some errors of a network have nothing but a code. */
const reasonOf = (error: unknown) =>
  error instanceof Error ? error.message || ('code' in error && error.code) || error.name : error;

const commit = { text: 'COMMIT' };

/** Whole numbers of eight bytes are counts and times here, which a number holds. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid, format) =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** How clients reach this PostgreSQL, and how long they wait for it. */
export const clientConfig = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'hotline',
  keepAlive: true,
  connectionTimeoutMillis: WAIT_MS.connection,
  statement_timeout: WAIT_MS.statement,
  query_timeout: WAIT_MS.answer,
  idle_in_transaction_session_timeout: ABANDONED_MS,
  types,
});

/** Connections to the PostgreSQL at this address, `most` at a time, made when they are needed and again after a loss. */
export function connectionsTo(url: string, most: number): Connections {
  const { host, pathname } = new URL(url);
  const name = `PostgreSQL at ${host}${pathname}`;
  const pool = new pg.Pool({ ...clientConfig(url), max: most, pipeline: true } as pg.PoolConfig);
  pool.on('error', () => {}); // a connection that nobody uses was lost; the next question makes another
  pool.on('connect', (client) => client.on('error', () => {})); // and who uses it is told by the question

  async function connected(): Promise<pg.PoolClient> {
    try {
      return await pool.connect();
    } catch (cause) {
      throw new Error(`No connection to ${name}: ${reasonOf(cause)}.`, { cause });
    }
  }

  /** Whatever goes wrong on a connection, nobody else gets it. */
  async function withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await connected();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async function transacted(client: pg.PoolClient, queries: readonly Query[], prelude: string): Promise<Answer[]> {
    const { stream } = client.connection;
    stream.cork(); // or each query would go out by itself
    const sent = [{ text: `BEGIN${prelude}` }, ...queries, commit].map((query) => client.query(query));
    stream.uncork();
    const answers = await Promise.allSettled(sent);
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
    return answers.slice(1, -1).map((answer) => (answer as PromiseFulfilledResult<Answer>).value);
  }

  async function workedAlone<Result>(client: pg.PoolClient, lock: number, work: Work<Result>): Promise<Result> {
    const ask = (query: Query) => client.query({ ...query, query_timeout: WORK_MS } as Query);
    await ask({ text: `BEGIN; SET LOCAL statement_timeout = ${WORK_MS}; SELECT pg_advisory_xact_lock(${lock})` });
    const result = await work(ask);
    await ask(commit);
    return result;
  }

  return {
    name,
    ask: (query) => patiently(() => withClient((client) => client.query(query)), isAway),
    transact: (queries, prelude = '') =>
      patiently(() => withClient((client) => transacted(client, queries, prelude)), isAway),
    alone: (lock, work) => withClient((client) => workedAlone(client, lock, work)),
    close: () => (pool.ended || pool.ending ? Promise.resolve() : pool.end()),
  };
}
