import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecordedCall } from '../simulator/recorded/recordedCall.ts';

/** A recorded call in a file. */
export type CallFile = { file: string; text: string };

/**
 * The recorded call in this file, or all in this folder and the folders in it, in order of name.
 * @throws where one cannot be read as a recorded call, with its name.
 */
export function callFiles(path: string): CallFile[] {
  if (!statSync(path).isDirectory()) return [callFile(path)];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.call'))
    .sort()
    .map((name) => callFile(join(path, name)));
}

function callFile(file: string): CallFile {
  const text = readFileSync(file, 'utf8');
  try {
    parseRecordedCall(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  return { file, text };
}
