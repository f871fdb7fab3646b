import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { callTables } from '../../src/database/steps.ts';
import { type Overrides, startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { openDatabase } from '../../src/openDatabase.ts';
import { storeIn } from '../../src/store/store.ts';
import { ownPostgres } from '../database/ownPostgres.ts';
import { keptFolder } from '../rim/folder.ts';

/** The token that the line of these tests signs with. */
export const authToken = 'tokenOfBadDays1500400';

/** Where calls are kept, as settings say it. */
export type Place = { DATABASE_URL: string } | { DATA_DIR: string };

/** A place of each kind, empty; kept until the tests of the file are over. */
export const places: Record<'SQLite' | 'PostgreSQL', () => Promise<Place>> = {
  SQLite: async () => ({ DATA_DIR: keptFolder() }),
  PostgreSQL: async () => ({ DATABASE_URL: await (await ownPostgres()).newDatabase() }),
};

/**
 * What all copies of a server at this address have in common. Nobody is kept from guessing, since so many call, nor
 * asked to wait where a machine is busy with the copies that start on it.
 */
export const settingsFor = (publicBaseUrl: string, place: Place): Record<string, string> => ({
  ...{ PORT: '0', PUBLIC_BASE_URL: publicBaseUrl, TWILIO_AUTH_TOKEN: authToken, DATA_KEY: '00'.repeat(32) },
  ...{ PRETEND_TODAY: '2026-11-21', LOOKUP_FAILURES_IN_15_MINUTES: '1000', LOOKUP_FAILURES_A_DAY: '1000' },
  ...{ ASK_TO_WAIT_AFTER_MS: '6000', MEMBERSHIP_DEADLINE_MS: '6000' },
  ...place,
});

/** A copy of the server in this process, until the tests of the file are over, with what it logs. */
export async function copyHere(env: Record<string, string>, overrides: Overrides = {}) {
  const lines: string[] = [];
  const log = jsonLog('info', { write: (line) => void lines.push(line) });
  const { listensAt, close } = await startHotline(readSettings(env), { log, ...overrides });
  afterAll(close);
  return { url: listensAt, lines, close };
}

const main = join(import.meta.dirname, '../../src/main.ts');

async function process(env: Record<string, string>, lines: string[], before: readonly string[]) {
  const [program, ...words] = [...before, globalThis.process.execPath, main];
  const child = spawn(program!, words, { cwd: env.DATA_DIR ?? '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let heard = '';
  child.stdout.on('data', (chunk) => {
    heard += chunk;
    const url = /listens at (\S+).*Ctrl-C/s.exec(heard)?.[1];
    if (url) resolve(url);
    const whole = heard.split('\n');
    heard = url || whole[0]?.startsWith('{') ? whole.pop()! : heard;
    lines.push(...whole.filter((line) => line.startsWith('{')));
  });
  child.stderr.on('data', (chunk) => lines.push(String(chunk)));
  child.once('exit', () => reject(new Error(`A copy did not start: ${lines.slice(-3).join('\n')}`)));
  return { child, url: await promise };
}

/**
 * A copy of the server in a process of its own, which may be killed and started again; `before` are words of a command
 * that starts it.
 */
export async function mortalCopy(env: Record<string, string>, before: readonly string[] = []) {
  const lines: string[] = [];
  let running = process(env, lines, before);
  await running;
  const kill = async () => {
    const { child } = await running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  afterAll(kill);
  return {
    lines,
    /** Its address; while it starts, as soon as it listens. */
    url: async () => (await running).url,
    pid: async () => (await running).child.pid!,
    signal: async (name: NodeJS.Signals) => void (await running).child.kill(name),
    kill,
    startAgain() {
      running = process(env, lines, before);
      return running;
    },
  };
}

export type MortalCopy = Awaited<ReturnType<typeof mortalCopy>>;

/** Lines of a log with digits that are no time, no id of a call, no place in a program and no port. */
export const digitsIn = (lines: readonly string[]): string[] =>
  lines.filter((line) => /\d{4}/.test(line.replace(/"time":"[^"]+"|"call":"CA[0-9a-f]{32}"|:\d{4,5}\b/g, '')));

/** What is kept of the latest calls. */
export async function recordsIn(place: Place) {
  const settings = readSettings({ DATA_KEY: '00'.repeat(32), TWILIO_AUTH_TOKEN: authToken, ...place });
  await using database = await openDatabase(settings, callTables).then((open) => ({
    ...open,
    [Symbol.asyncDispose]: open.close,
  }));
  return await (await storeIn(database, new Uint8Array(32))).calls.recent(20); // before it is closed
}

/** What went wrong, by a log. */
export const troublesIn = (lines: readonly string[]): string[] => lines.filter((line) => line.includes('"level":50'));
