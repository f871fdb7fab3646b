import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { settingsOfThisProcess } from '../config.ts';
import { virtualClock } from '../simulator/clock.ts';
import { playRecordedCall } from '../simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../simulator/recorded/recordedCall.ts';
import { command, WrongArguments } from './command.ts';
import { type Rehearsals, rehearsals } from './rehearsal.ts';
import { signingToken } from './signingToken.ts';
import { webAddress } from './webAddress.ts';

const usage = 'npm run play -- FILE.call [MORE.call …] [--url URL [--token TOKEN] [--status URL]]';

/** Where a call is made to; told at `statusUrl`, if there is one, when it is over. */
type Application = { url: string; authToken: string; statusUrl?: string };

/** What is played, and to whom: null is a hotline of ours for each call alone. */
type Wish = { files: string[]; named: Application | null };

function wishFrom(args: string[]): Wish {
  const text = { type: 'string' } as const;
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: text, token: text, status: text },
  });
  if (files.length === 0) throw new WrongArguments('No recorded call is named');
  const [url, statusUrl] = [webAddress('--url', values.url), webAddress('--status', values.status)];
  if (url === null && (values.token !== undefined || statusUrl !== null))
    throw new WrongArguments('--token and --status are for an application named by --url');
  if (url === null) return { files, named: null };
  const authToken = values.token ?? signingToken(settingsOfThisProcess());
  return { files, named: { url, authToken, ...(statusUrl !== null && { statusUrl }) } };
}

const whyUnreadable: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'it may not be read',
};

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new Error(`${whyUnreadable[code] ?? `it cannot be read (${code})`}.`, { cause: error });
  }
}

/** The line of a recording that says from what it invents and when it was. */
const lineOf = ({ seed, clock }: Record<string, string>) => ({
  ...(seed && { seed }),
  ...(clock && { clock: virtualClock(Date.parse(clock)) }),
});

/** What went otherwise in a call to a hotline of ours that lives for this call alone, in the world of the recording. */
async function rehearsed(recorded: string, { hotlineFor }: Rehearsals): Promise<string> {
  const { settings } = parseRecordedCall(recorded);
  const { url, authToken, close } = await hotlineFor(settings);
  try {
    const options = { url, authToken, statusUrl: `${url}/status`, ...lineOf(settings) };
    return (await playRecordedCall(recorded, options)).difference;
  } finally {
    await close();
  }
}

/** Why a call to a hotline of ours that runs may go otherwise without anything being wrong. */
function adviceFor({ today, membership }: Record<string, string>): string {
  const members = membership ? ', with a membership service out of order' : '';
  const lookups = 'by callers whose lookups had not failed before (LOOKUP_FAILURES_…)';
  return `It was recorded on ${today} (PRETEND_TODAY)${members}, ${lookups}.`;
}

/** A hotline of ours takes a call for going on until it is told of its end. */
const untold = (url: string) =>
  `A hotline of ours takes these calls for going on: with --status ${url}/status it hears of their end.`;

/** Plays one file and tells how it went; true when it went as recorded. */
async function play(file: string, named: Application | null, ours: Rehearsals): Promise<boolean> {
  const recorded = textOf(file);
  const difference = named ? (await playRecordedCall(recorded, named)).difference : await rehearsed(recorded, ours);
  console.log(difference === '' ? `as recorded: ${file}` : `otherwise than recorded: ${file}\n${difference}`);
  const { settings } = parseRecordedCall(recorded);
  // A call to somebody else's application names no day.
  if (difference !== '' && named && settings.today) console.log(adviceFor(settings));
  return difference === '';
}

async function playAll({ files, named }: Wish): Promise<void> {
  await using ours = rehearsals();
  for (const file of files)
    try {
      if (!(await play(file, named, ours))) process.exitCode = 1;
    } catch (error) {
      console.error(`${file}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  if (named && !named.statusUrl && new URL(named.url).pathname.endsWith('/voice')) console.log(untold(named.url));
}

await command(usage, (args) => playAll(wishFrom(args)));
