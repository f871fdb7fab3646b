import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { type CallRecord, keptRecord } from '../call/record.ts';
import { settingsOfThisProcess } from '../config.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { dataKeyOf } from '../secrets.ts';
import { playRecordedCall } from '../simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../simulator/recorded/recordedCall.ts';
import { sqliteStore } from '../store/sqlite.ts';
import { callers } from '../walker/acts.ts';
import { alone } from '../walker/crew.ts';
import { everything } from '../walker/reach.ts';
import { otherwise } from '../walker/replay/otherwise.ts';
import { type Replayed, replayRecord } from '../walker/replay/record.ts';
import { toldRecording } from '../walker/replay/recording.ts';
import { command, WrongArguments } from './command.ts';
import { progressBar } from './progressBar.ts';
import { type CallFile, callFiles } from './recordedCalls.ts';
import { type Rehearsals, rehearsals } from './rehearsal.ts';

const usage = 'npm run replay -- --calls FILE.call|FOLDER|DATABASE';

/** A call of yesterday, and how to make it again. */
type Past = { name: string; replay: () => Promise<Replayed> };

function wishFrom(args: string[]): string {
  const { values } = parseArgs({ args, options: { calls: { type: 'string' } } });
  if (!values.calls) throw new WrongArguments('--calls is missing');
  if (!existsSync(values.calls)) throw new WrongArguments(`There is no ${values.calls}`);
  return values.calls;
}

function isDatabase(path: string): boolean {
  if (statSync(path).isDirectory()) return false;
  const head = Buffer.alloc(15);
  const file = openSync(path, 'r');
  readSync(file, head);
  closeSync(file);
  return head.toString('latin1') === 'SQLite format 3';
}

const nothingHeard = 'it says only what the caller did, not what was heard; npm run play shows what is heard today';

const fromFile = ({ file, text }: CallFile, { hotlineFor }: Rehearsals): Past => ({
  name: file,
  async replay() {
    const before = toldRecording(text);
    if (before.turns.every(({ heard }) => heard.length === 0)) return { cannot: nothingHeard };
    const hotline = await hotlineFor(parseRecordedCall(text).settings);
    try {
      const { transcript } = await playRecordedCall(text, hotline);
      return { otherwise: otherwise(before, toldRecording(transcript)) };
    } finally {
      await hotline.close();
    }
  },
});

const mostCalls = 1_000_000;

/** The records that a database keeps of calls that are over, the first one first. */
async function recordsIn(file: string): Promise<CallRecord[]> {
  const settings = { ...settingsOfThisProcess(), dataDir: dirname(file) };
  if (settings.dataKey === null && !existsSync(join(settings.dataDir, 'data-key')))
    throw new Error(`Nothing opens ${file}: set DATA_KEY, or put the file data-key beside it.`);
  const store = await sqliteStore(file, dataKeyOf(settings));
  try {
    const calls = await store.calls.recent(mostCalls);
    const records = calls.flatMap((call) =>
      'record' in call && call.record ? [keptRecord(call.record as CallRecord)] : [],
    );
    return records.filter(({ steps }) => steps.length > 0).sort((one, other) => one.steps[0]!.at - other.steps[0]!.at);
  } finally {
    await store.close();
  }
}

/** Calls of a database, those that went alike made again once. */
async function fromDatabase(file: string): Promise<{ past: Past[]; close: () => Promise<void> }> {
  const records = await recordsIn(file);
  const today = settingsOfThisProcess().pretendToday ?? todayInWib(new Date());
  const crew = await alone({ flows: callflows, firstFlow, today, byHand: 1 });
  const members = callers(today, everything);
  const replayed = new Map<string, Promise<Replayed>>();
  const past = records.map((record) => ({
    name: `the call of ${new Date(record.steps[0]!.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    replay() {
      const kind = JSON.stringify([record.outcome, record.steps.map(({ at: _, ...step }) => step)]);
      return replayed.getOrInsertComputed(kind, () => replayRecord(crew, record, members));
    },
  }));
  return { past, close: crew.close };
}

/** Makes every call again; true when all of them go as they went. */
async function replayAll(past: readonly Past[]): Promise<boolean> {
  const bar = progressBar();
  const counts = { same: 0, otherwise: 0, cannot: 0 };
  for (const [index, { name, replay }] of past.entries()) {
    const result = await replay();
    bar.show((index + 1) / past.length);
    if ('cannot' in result) {
      counts.cannot += 1;
      console.log(`${name} cannot be made again: ${result.cannot}.`);
    } else if (result.otherwise.length === 0) counts.same += 1;
    else {
      counts.otherwise += 1;
      console.log([`${name}:`, ...result.otherwise].join('\n  '));
    }
  }
  bar.end();
  const { same, otherwise, cannot } = counts;
  const calls = past.length === 1 ? '1 call' : `${past.length} calls`;
  const go = same === 1 ? 'goes as it went' : 'go as they went';
  console.log(`${calls}: ${same} ${go}, ${otherwise} otherwise, ${cannot} cannot be made again.`);
  return otherwise === 0;
}

await command(usage, async (args) => {
  const path = wishFrom(args);
  await using ours = rehearsals();
  const database = isDatabase(path) ? await fromDatabase(path) : null;
  const past = database?.past ?? callFiles(path).map((file) => fromFile(file, ours));
  if (past.length === 0) throw new Error(`There are no calls in ${path}.`);
  if (!(await replayAll(past).finally(database?.close))) process.exitCode = 1;
});
