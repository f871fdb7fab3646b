import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that everything is in. */
export const root = join(import.meta.dirname, '../..');

/** What is read by people alone changes nothing. */
const isSource = (file: string) => /\.(?!md$)\w+$/.test(file);

/** A name for how the sources in these folders are: with another letter in one of them it is another name. */
export function stateOfSources(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (isSource(file)) hash.update(`${folder}/${file}\n`).update(readFileSync(join(root, folder, file)));
  return hash.digest('hex');
}
