import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Where the page stands when it is built. */
export const pageFolder = join(root, 'dist');

const stamp = join(pageFolder, 'built-from');

/** What the page is made of: its sources, and the flows and sentences on its map. */
const sources = ['src/console', 'src/desk', 'src/call', 'callflows', 'prompts'];

/** A name for how the sources in these folders are: with another letter in one of them it is another name. */
export function stateOfSources(folders: readonly string[] = sources): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (/\.\w+$/.test(file)) hash.update(`${folder}/${file}\n`).update(readFileSync(join(root, folder, file)));
  return hash.digest('hex');
}

/** Builds the page where there is none, or one of other sources. Rejects with what the builder said. */
export async function buildWherePageIsOld(): Promise<void> {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOfSources()) return;
  const builder = spawn(process.execPath, [join(import.meta.dirname, 'buildPage.ts')]);
  const said: string[] = [];
  for (const stream of [builder.stdout, builder.stderr])
    stream.setEncoding('utf8').on('data', (text) => said.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    builder.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`The page of the console could not be built. ${said.join('').trim()}`);
}
