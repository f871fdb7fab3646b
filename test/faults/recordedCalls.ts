import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prompts } from '../../prompts/prompts.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../../src/simulator/recorded/recordedCall.ts';
import { authToken } from './copies.ts';
import { eachOf } from './eachOf.ts';

/** A call as it goes when nothing is wrong. */
export type Recorded = { name: string; text: string; acts: number };

const folder = join(import.meta.dirname, '../calls');

function recorded(file: string): Recorded {
  const text = readFileSync(join(folder, file), 'utf8');
  return { name: file.replace(/\.call$/, ''), text, acts: text.split('\n').filter((line) => line[0] === '>').length };
}

/** Whoever guessed too often; that nobody is stopped who shares a server with the callers of all other recordings. */
const isStopped = (text: string) => Object.values(prompts).some(({ tooManyTries }) => text.includes(tooManyTries));

/** The recorded calls that one server can answer all at once: of the same day, in a world without trouble. */
export const recordedCalls: readonly Recorded[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.call'))
  .map(recorded)
  .filter(({ text }) => Object.keys(parseRecordedCall(text).settings).join() === 'today' && !isStopped(text));

/** Every tenth of them: what there is time for where all tests are run. */
export const someCalls: readonly Recorded[] = recordedCalls.filter((_, nth) => nth % 10 === 0);

/** What goes otherwise than recorded when this call is made to the server at this address; '' where nothing does. */
async function goesOtherwise({ text }: Recorded, url: string): Promise<string> {
  const voice = `${url}/voice`;
  const { difference } = await playRecordedCall(text, { url: voice, authToken, statusUrl: `${voice}/status` });
  return difference;
}

/** So many callers at a time a busy machine still answers before anybody gives up. */
const AT_ONCE = 16;

type Manner = { atOnce?: number; onEnd?: () => void };

/** Makes these calls, and names those that go otherwise than recorded. `onEnd` is told of each that is over. */
export async function otherwise(
  calls: readonly Recorded[],
  url: string,
  { atOnce = AT_ONCE, onEnd = () => {} }: Manner = {},
): Promise<string[]> {
  const differences: string[] = [];
  await eachOf(calls, atOnce, async (call) => {
    const difference = await goesOtherwise(call, url).finally(onEnd);
    if (difference !== '') differences.push(`${call.name}\n${difference}`);
  });
  return differences;
}
