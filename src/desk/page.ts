import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateOfSources } from './stateOfSources.ts';

/** Where the page stands when it is built. */
export const pageFolder = join(root, 'dist');

const stamp = join(pageFolder, 'built-from');

/** What the page is made of: its sources, and the flows and sentences on its map. */
export const stateOfThePage = () => stateOfSources(['src/console', 'src/desk', 'src/call', 'callflows', 'prompts']);

/** Builds the page where there is none, or one of other sources. Rejects with what the builder said. */
export async function buildWherePageIsOld(): Promise<void> {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOfThePage()) return;
  const builder = spawn(process.execPath, [join(import.meta.dirname, 'buildPage.ts')]);
  const said: string[] = [];
  for (const stream of [builder.stdout, builder.stderr])
    stream.setEncoding('utf8').on('data', (text) => said.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    builder.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`The page of the console could not be built. ${said.join('').trim()}`);
}
