import { existsSync, readFileSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { parseEnv } from 'node:util';
import { misspelt } from './misspelt.ts';
import { type Settings, settingsTable } from './settings.ts';

export type { Settings };

/** Settings that nobody can start a server with. The message lists every fault, a line each. */
export class WrongSettings extends Error {
  override name = 'WrongSettings';
}

type Entry = (typeof settingsTable)[keyof typeof settingsTable];

const entries = Object.entries(settingsTable) as [keyof Settings, Entry][];

/** The value as a fault may show it: nothing of a secret but its length, and no name or password before an @. */
function shown(entry: Entry, text: string): string {
  if (entry.secret) return `(${text.length} characters, not shown)`;
  return JSON.stringify(text.replace(/^([a-z]+:\/\/)?.*@/is, '$1…@'));
}

/** What must not stand without the other, or not on a server that the world can call. */
function faultsTogether(settings: Partial<Settings>): string[] {
  const { publicBaseUrl, databaseUrl, authToken, officerNumber, pretendToday, membershipUrl, membershipApiKey } =
    settings;
  const faults: string[] = [];
  if (membershipUrl && membershipApiKey === null)
    faults.push('MEMBERSHIP_API_KEY is not set: with a MEMBERSHIP_URL, give the key to that service.');
  if (!publicBaseUrl?.startsWith('https:')) return faults;
  if (authToken === null && !databaseUrl)
    faults.push('TWILIO_AUTH_TOKEN is not set: with an https PUBLIC_BASE_URL, give the auth token of your account.');
  if (officerNumber === settingsTable.officerNumber.byDefault)
    faults.push('OFFICER_NUMBER is not set: with an https PUBLIC_BASE_URL, give the number of your officers.');
  if (pretendToday)
    faults.push('PRETEND_TODAY is set: take it away; with an https PUBLIC_BASE_URL callers hear the real day.');
  return faults;
}

/** What copies of a server must be told, since each would make up its own. */
function faultsInCompany({ databaseUrl, dataKey, authToken }: Partial<Settings>): string[] {
  if (!databaseUrl) return [];
  const missing = { DATA_KEY: dataKey, TWILIO_AUTH_TOKEN: authToken };
  return Object.entries(missing).flatMap(([name, value]) =>
    value === null ? [`${name} is not set: with a DATABASE_URL, give one, the same to all copies of this server.`] : [],
  );
}

/** What stands in a file of settings, is none, and looks like one. */
function slipsOf(names: readonly string[]): string[] {
  const known = entries.map(([, { name }]) => name);
  return names.flatMap((name) => {
    const meant = misspelt(name, known);
    return meant === null ? [] : [`${name} in .env is no setting: write ${meant}, or take it away.`];
  });
}

/**
 * The settings in an environment; what is unset or empty has its default. Pure.
 * `fileNames` are the names in a file of settings, among which nobody else has any.
 * @example readSettings({ PORT: '8080' }).port // 8080
 * @throws WrongSettings with all faults at once.
 */
export function readSettings(env: NodeJS.ProcessEnv, fileNames: readonly string[] = []): Settings {
  const settings: Record<string, unknown> = {};
  const faults = slipsOf(fileNames);
  for (const [key, entry] of entries) {
    const text = env[entry.name]?.trim() || entry.byDefault;
    const result = entry.read.safeParse(text);
    if (result.success) settings[key] = result.data;
    else faults.push(`${entry.name} is ${shown(entry, text)}: give ${entry.rule}.`);
  }
  faults.push(...faultsTogether(settings), ...faultsInCompany(settings));
  if (faults.length > 0) throw new WrongSettings(['These settings are wrong:', ...faults].join('\n  '));
  return settings as Settings;
}

/** The settings of this process, with those of a file `.env` in the current folder where it has none of its own. */
export function settingsOfThisProcess(): Settings {
  if (!existsSync('.env')) return readSettings(process.env);
  loadEnvFile('.env');
  return readSettings(process.env, Object.keys(parseEnv(readFileSync('.env', 'utf8'))));
}

/** The text of `.env.example`: every setting with its default, under a sentence that says what it is for. */
export function exampleEnvironment(): string {
  return entries.map(([, entry]) => `# ${entry.about}\n${entry.name}=${entry.byDefault}\n`).join('\n');
}
