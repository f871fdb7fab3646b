import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Settings, settingsTable } from './settings.ts';

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

/** Puts the file there whole or not at all; when two servers start at once, the first one's secret stays. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}

/** The setting in whose place a file stands: what is in it must keep to the same rule. */
type Twin<Secret> = { rule: string; read: z.ZodType<Secret | null, string> };

/** The secret in this file, which only the owner can read from now on. */
function secretIn<Secret>(file: string, { rule, read }: Twin<Secret>): Secret {
  chmodSync(file, 0o600);
  const { data = null } = read.safeParse(readFileSync(file, 'utf8').trim());
  if (data !== null) return data;
  throw new Error(
    `${file} is damaged: it must hold ${rule}. Put a copy of it back, or delete it, and the next start makes a new one.`,
  );
}

/** The secret of this name in the data folder, made when it is not there. */
function keptSecret<Secret>(folder: string, name: string, twin: Twin<Secret>): Secret {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  if (!existsSync(file)) writeOnce(file, randomBytes(32).toString('hex'));
  return secretIn(file, twin);
}

/** The token that requests are signed with: the one in the settings, else the one kept in the data folder. */
export function authTokenOf(settings: Settings): string {
  return settings.authToken ?? keptSecret(settings.dataDir, 'auth-token', settingsTable.authToken);
}

/** The same token where there is one already; null where none was ever made. */
export function knownAuthToken({ authToken, dataDir }: Settings): string | null {
  const file = join(dataDir, 'auth-token');
  return authToken ?? (existsSync(file) ? secretIn(file, settingsTable.authToken) : null);
}

/** The 32 bytes that stored calls are sealed with: those in the settings, else those kept in the data folder. */
export function dataKeyOf(settings: Settings): Buffer {
  return settings.dataKey ?? keptSecret(settings.dataDir, 'data-key', settingsTable.dataKey);
}
