import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { settingsOfThisProcess, WrongSettings } from '../config.ts';
import { authTokenOf } from '../secrets.ts';
import { playRecordedCall } from '../simulator/playRecordedCall.ts';
import { parseRecordedCall } from '../simulator/recordedCall.ts';
import { rehearsalHotline } from './rehearsal.ts';
import { firstSentence, WrongArguments } from './wrongArguments.ts';

const usage = 'npm run play -- FILE.call [MORE.call …] [--url URL] [--token TOKEN]';

type Wish = { files: string[]; url: string | null; token: string | null };
type Application = { url: string; authToken: string; close(): Promise<void> };

function wishFrom(args: string[]): Wish {
  const text = { type: 'string' } as const;
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: text, token: text },
  });
  const { url = null, token = null } = values;
  if (files.length === 0) throw new WrongArguments('No recorded call is named');
  if (url !== null && !URL.canParse(url))
    throw new WrongArguments(`--url is ${JSON.stringify(url)}: give a web address`);
  return { files, url, token };
}

/** The application that is called: the one that was named, which may run for days, or a hotline for this call alone. */
async function application({ url, token }: Wish, world: Record<string, string>): Promise<Application> {
  if (url === null) return rehearsalHotline(world);
  return { url, authToken: token ?? authTokenOf(settingsOfThisProcess()), close: async () => {} };
}

/** Plays one file and tells how it went; true when it went as recorded. */
async function play(file: string, wish: Wish): Promise<boolean> {
  const recorded = readFileSync(file, 'utf8');
  const { settings: world } = parseRecordedCall(recorded);
  const { url, authToken, close } = await application(wish, world);
  try {
    const { difference } = await playRecordedCall(recorded, { url, authToken, statusUrl: `${url}/status` });
    console.log(difference === '' ? `as recorded: ${file}` : `otherwise than recorded: ${file}\n${difference}`);
    if (difference !== '' && wish.url !== null && world.today)
      console.log(`It was recorded on ${world.today}: a hotline lives on that day when PRETEND_TODAY says so.`);
    return difference === '';
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  try {
    const wish = wishFrom(process.argv.slice(2));
    for (const file of wish.files) if (!(await play(file, wish))) process.exitCode = 1;
  } catch (error) {
    const wrongArguments =
      error instanceof WrongArguments || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (wrongArguments) console.error(`${firstSentence(error)}. Usage: ${usage}`);
    else console.error(error instanceof WrongSettings || error instanceof Error ? error.message : error);
    process.exitCode = wrongArguments ? 2 : 1;
  }
}

await main();
