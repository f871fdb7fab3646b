import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './config.ts';

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

/** The secret of this name in the data folder, made when it is not there; only the owner can read it. */
function keptSecret(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  if (!existsSync(file)) writeOnce(file, randomBytes(32).toString('hex'));
  chmodSync(file, 0o600);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[\w+/=]{16,128}$/.test(text)) throw new Error(`${file} is damaged: delete it, and a new one is made.`);
  return text;
}

/** The token that requests are signed with: the one in the settings, else the one kept in the data folder. */
export function authTokenOf(settings: Settings): string {
  return settings.authToken ?? keptSecret(settings.dataDir, 'auth-token');
}

/** The 32 bytes that stored calls are sealed with: those in the settings, else those kept in the data folder. */
export function dataKeyOf(settings: Settings): Buffer {
  return settings.dataKey ?? Buffer.from(keptSecret(settings.dataDir, 'data-key'), 'hex');
}
