import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { frontDesk } from '../../src/frontDesk.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';
import { billFor } from '../../src/membership/rules.ts';
import { dataKeyOf } from '../../src/secrets.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { collector } from '../rim/collector.ts';
import { bhaskara, memberOf, type Person, zulaikha } from './people.ts';

/**
 * The places in which something of a caller may not be found, and what was found there, piece by piece. Of answers to the
 * carrier what is said in them stands apart, since it is said to the caller of that call.
 */
export type Kept = Record<'log' | 'output' | 'trace' | 'metric' | 'record' | 'answer' | 'console', string[]> & {
  said: Map<Person, string[]>;
  /** The files that the hotline leaves, by their names, but for the directory of members. */
  files: Map<string, Uint8Array>;
};

/** What is said to the caller, as it stands in an answer. */
const speech = /(<Say\b[^>]*>)([^<]*)(?=<\/Say>)/g;

/** How the membership service is: it knows, is out of order, hangs, or talks nonsense with more than it was asked for. */
export type Health = 'well' | 'down' | 'slow' | 'page' | 'half' | 'other' | 'unread' | 'blunt';

export const consolePassword = 'twelve letters at least';
export const metricsToken = 'a-token-of-these-tests';
const today = '2026-11-21';

/** A page in the place of an answer, with somebody's name and number on it. */
const errorPage = `<html><p>${zulaikha.name}, ${zulaikha.card.slice(0, 8)} ${zulaikha.card.slice(8)}</p></html>`;
const told = `${zulaikha.name} (card ${zulaikha.card}, NIK ${zulaikha.nik.match(/.{1,3}/g)!.join('-')})`;

/** What a service does instead of answering. */
const nonsense: Record<Exclude<Health, 'well'>, () => unknown> = {
  down: () => Promise.reject(new MembershipUnavailable('out of order', { cause: new Error(`no row for ${told}`) })),
  slow: () => new Promise(() => {}),
  page: () => errorPage,
  half: () => ({ ...memberOf(zulaikha), segment: told, total: told }),
  other: () => memberOf(bhaskara),
  unread: () => JSON.parse(zulaikha.name),
  blunt: () => Promise.reject(new RangeError(`${told} is not in this table`)),
};

/** Members who are well known to a service that is well. */
function members() {
  const state: { health: Health } = { health: 'well' };
  const ask = async <Answer>(answer: () => Answer): Promise<Answer> =>
    state.health === 'well' ? answer() : ((await nonsense[state.health]()) as Answer);
  const everybody = [zulaikha, bhaskara].map(memberOf);
  const membership: MembershipService = {
    findMember: ({ kind, digits }) =>
      ask(() => everybody.find((one) => (kind === 'card' ? one.cardNumber : one.nik) === digits) ?? null),
    findBill: (cardNumber) =>
      ask(() =>
        billFor({ cardNumber, segment: 'mandiri', familySize: 3, careClass: 2, paidThrough: '2026-08', today }),
      ),
    breaker: () => (state.health === 'well' ? 'closed' : 'open'),
  };
  return { membership, state };
}

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

/** A hotline with all that it can have: console, metrics, traces, the finest log; and all that it tells is kept. */
export async function watchedHotline(folder: string) {
  const kept: Kept = {
    ...{ log: [], output: [], trace: [], metric: [], record: [], answer: [], console: [] },
    ...{ said: new Map(), files: new Map() },
  };
  const traces = await collector();
  const settings = readSettings({
    ...{ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: today, LOG_LEVEL: 'trace', MEMBERSHIP_DEADLINE_MS: '100' },
    ...{ CONSOLE_PASSWORD: consolePassword, METRICS_TOKEN: metricsToken, LOOKUP_FAILURES_IN_15_MINUTES: '20' },
    ...traces.env,
  });
  const { membership, state } = members();
  const log = jsonLog(settings.logLevel, { write: (line) => void kept.log.push(line) });
  const silence = outputs(kept.output);
  const hotline = await startHotline(settings, { membership, log }, frontDesk);

  /** Ends it, and gathers what it leaves. */
  async function close(): Promise<void> {
    const metrics = await fetch(`${hotline.listensAt}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    kept.metric.push(await metrics.text());
    for (const name of readdirSync(folder)) kept.files.set(`${name} while it runs`, readFileSync(join(folder, name)));
    await hotline.close();
    silence();
    kept.trace.push(...traces.bodies);
    traces.close();
    for (const name of readdirSync(folder)) kept.files.set(name, readFileSync(join(folder, name)));
    const store = await sqliteStore(join(folder, 'calls.db'), dataKeyOf(settings));
    for (const call of await store.calls.recent(1_000))
      if ('record' in call && call.record) kept.record.push(JSON.stringify(call.record));
    await store.close();
  }
  /** Keeps an answer that the carrier got in a call of this person: what is said, and all the rest with its headers. */
  function keepAnswer(caller: Person, headers: object, answer: string): void {
    const said = [...answer.matchAll(speech)].map(([, , text]) => text!);
    kept.said.set(caller, [...(kept.said.get(caller) ?? []), ...said]);
    kept.answer.push(JSON.stringify(headers), answer.replace(speech, '$1'));
  }
  return { ...hotline, kept, keepAnswer, state, file: join(folder, 'calls.db'), close };
}
