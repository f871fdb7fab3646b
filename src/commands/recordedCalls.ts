import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A recorded call in a file. */
export type CallFile = { file: string; text: string };

/** The recorded call in this file, or all in this folder and the folders in it, in order of name. */
export function callFiles(path: string): CallFile[] {
  if (!statSync(path).isDirectory()) return [{ file: path, text: readFileSync(path, 'utf8') }];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.call'))
    .sort()
    .map((name) => ({ file: join(path, name), text: readFileSync(join(path, name), 'utf8') }));
}
