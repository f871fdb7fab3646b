import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { callTables } from '../../src/database/steps.ts';
import { frontDesk } from '../../src/frontDesk.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { openDatabase } from '../../src/openDatabase.ts';
import { dataKeyOf } from '../../src/secrets.ts';
import { storeIn } from '../../src/store/store.ts';
import { collector } from '../rim/collector.ts';
import { farMembers, ownMembers, today } from './members.ts';
import type { Person } from './people.ts';

/**
 * The places in which something of a caller may not be found, and what was found there, piece by piece. Of answers to the
 * carrier what is said in them stands apart, since it is said to the caller of that call.
 */
export type Kept = Record<'log' | 'output' | 'trace' | 'metric' | 'record' | 'answer' | 'console', string[]> & {
  said: Map<Person, string[]>;
  /** What is left in files and tables, by their names, but for the directory of members. */
  files: Map<string, Uint8Array>;
};

/** What is said to the caller, as it stands in an answer. */
const speech = /(<Say\b[^>]*>)([^<]*)(?=<\/Say>)/g;

export const consolePassword = 'twelve letters at least';
export const metricsToken = 'a-token-of-these-tests';
/** What this process writes past the log. */
function outputs(into: string[]): () => void {
  const listen = (chunk: unknown) => into.push(String(chunk)) > 0;
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(listen),
    vi.spyOn(process.stderr, 'write').mockImplementation(listen),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...words) => void into.push(words.join(' '))),
    ),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

/** Nobody but who has it may ask about members. */
export const membershipKey = 'key-of-these-tests';

/** What copies of a server that share a database have in common. */
const sharedSecrets = { DATA_KEY: '5a'.repeat(32), TWILIO_AUTH_TOKEN: 'tokenOfAllCopies1500400' };

/** What else a hotline can be: of those that share a database, with members on another machine. */
type Elsewhere = { databaseUrl: string };

/** A hotline with all that it can have: console, metrics, traces, the finest log; and all that it tells is kept. */
export async function watchedHotline(folder: string, elsewhere?: Elsewhere) {
  const kept: Kept = {
    ...{ log: [], output: [], trace: [], metric: [], record: [], answer: [], console: [] },
    ...{ said: new Map(), files: new Map() },
  };
  const members = ownMembers();
  const [traces, far] = [await collector(), elsewhere ? await farMembers(members) : null];
  const settings = readSettings({
    ...{ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: today, LOG_LEVEL: 'trace', METRICS_TOKEN: metricsToken },
    ...{ CONSOLE_PASSWORD: consolePassword, MEMBERSHIP_API_KEY: membershipKey, LOOKUP_FAILURES_IN_15_MINUTES: '20' },
    ...{ ASK_TO_WAIT_AFTER_MS: '100', MEMBERSHIP_DEADLINE_MS: '300' },
    ...(elsewhere && { DATABASE_URL: elsewhere.databaseUrl, MEMBERSHIP_URL: far!.url, ...sharedSecrets }),
    ...traces.env,
  });
  const log = jsonLog(settings.logLevel, { write: (line) => void kept.log.push(line) });
  const silence = outputs(kept.output);
  const overrides = { log, ...(far ? {} : { membership: members.membership }) };
  const hotline = await startHotline(settings, overrides, frontDesk);

  /** What it leaves in its folder, but for the directory of members. */
  function keepFiles(when: string): void {
    for (const name of readdirSync(folder))
      if (!name.startsWith('members.db')) kept.files.set(`${name}${when}`, readFileSync(join(folder, name)));
  }

  /** Ends it, and gathers what it leaves. */
  async function close(): Promise<void> {
    const headers = { authorization: `Bearer ${metricsToken}` };
    kept.metric.push(await (await fetch(`${hotline.listensAt}/metrics`, { headers })).text());
    keepFiles(' while it runs');
    await hotline.close();
    silence();
    far?.close();
    kept.trace.push(...traces.bodies);
    traces.close();
    keepFiles('');
    const database = await openDatabase(settings, callTables);
    const { calls } = await storeIn(database, dataKeyOf(settings));
    for (const call of await calls.recent(1_000))
      if ('record' in call && call.record) kept.record.push(JSON.stringify(call.record));
    await database.close();
  }

  /** Keeps an answer that the carrier got in a call of this person: what is said, and all the rest with its headers. */
  function keepAnswer(caller: Person, headers: object, answer: string): void {
    const said = [...answer.matchAll(speech)].map(([, , text]) => text!);
    kept.said.set(caller, [...(kept.said.get(caller) ?? []), ...said]);
    kept.answer.push(JSON.stringify(headers), answer.replace(speech, '$1'));
  }
  return { ...hotline, kept, keepAnswer, state: members.state, file: join(folder, 'calls.db'), close };
}
