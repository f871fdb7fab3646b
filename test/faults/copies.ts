import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/config.ts';
import { callTables } from '../../src/database/steps.ts';
import { type Overrides, startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { openDatabase } from '../../src/openDatabase.ts';
import { storeIn } from '../../src/store/store.ts';
import { ownPostgres } from '../database/ownPostgres.ts';
import { whenOver } from './whenOver.ts';

/** The token that the line of these tests signs with. */
export const authToken = 'tokenOfBadDays1500400';

/** Where calls are kept, as settings say it. */
export type Place = { DATABASE_URL: string } | { DATA_DIR: string };

/** A place of each kind, empty; gone when the test is over. */
export const places: Record<'SQLite' | 'PostgreSQL', () => Promise<Place>> = {
  SQLite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hotline-'));
    whenOver(() => rmSync(folder, { recursive: true, force: true }));
    return { DATA_DIR: folder };
  },
  PostgreSQL: async () => ({ DATABASE_URL: await (await ownPostgres(whenOver)).newDatabase() }),
};

/**
 * What all copies of a server at this address have in common. Nobody is kept from guessing, since so many call, nor
 * asked to wait where a machine is busy with the copies that start on it.
 */
export const settingsFor = (publicBaseUrl: string, place: Place): Record<string, string> => ({
  ...{ PORT: '0', PUBLIC_BASE_URL: publicBaseUrl, TWILIO_AUTH_TOKEN: authToken, DATA_KEY: '00'.repeat(32) },
  ...{ PRETEND_TODAY: '2026-11-21', LOOKUP_FAILURES_IN_15_MINUTES: '1000', LOOKUP_FAILURES_A_DAY: '1000' },
  ...{ ASK_TO_WAIT_AFTER_MS: '5000', MEMBERSHIP_DEADLINE_MS: '6000' },
  ...place,
});

/** A copy of the server in this process, until the test is over, with what it logs. */
export async function copyHere(env: Record<string, string>, overrides: Overrides = {}) {
  const lines: string[] = [];
  const log = jsonLog('info', { write: (line) => void lines.push(line) });
  const { listensAt, close } = await startHotline(readSettings(env), { log, ...overrides });
  whenOver(close);
  return { url: listensAt, lines, close };
}

const main = join(import.meta.dirname, '../../src/main.ts');

async function process(
  env: Record<string, string>,
  lines: string[],
  before: readonly string[],
  onChild: (child: ChildProcess) => void,
) {
  const [program, ...words] = [...before, globalThis.process.execPath, main];
  const child = spawn(program!, words, { cwd: env.DATA_DIR ?? '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
  onChild(child);
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
  const children: ChildProcess[] = [];
  const start = () => process(env, lines, before, (child) => void children.push(child));
  // Two that kill it at the same moment may start it twice: none of them outlives the test.
  whenOver(() => children.forEach((child) => void child.kill('SIGKILL')));
  let running = start();
  await running;
  const kill = async () => {
    const { child } = await running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  whenOver(kill);
  return {
    lines,
    /** Its address; while it starts, as soon as it listens. */
    url: async () => (await running).url,
    pid: async () => (await running).child.pid!,
    signal: async (name: NodeJS.Signals) => void (await running).child.kill(name),
    kill,
    startAgain() {
      running = start();
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
