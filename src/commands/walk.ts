import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { type AnyFlows, statesOf, watchInPlace } from '../call/transitions.ts';
import { settingsTable } from '../settings.ts';
import { playRecordedCall } from '../simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../simulator/recorded/recordedCall.ts';
import { type Coverage, coverage, coverageTable } from '../walker/coverage.ts';
import { alone, crew } from '../walker/crew.ts';
import { explore } from '../walker/explore.ts';
import { type Failure, inKeys, type Property } from '../walker/failure.ts';
import { quickestFacts } from '../walker/properties/firstFact.ts';
import { recordings } from '../walker/properties/recordings.ts';
import { faultsIn, properties } from '../walker/properties.ts';
import { everything, thin } from '../walker/reach.ts';
import { shortestCall } from '../walker/shrink.ts';
import type { Walked } from '../walker/walk.ts';
import { command, WrongArguments } from './command.ts';
import { progressBar } from './progressBar.ts';
import { type CallFile, callFiles } from './recordedCalls.ts';
import { rehearsals } from './rehearsal.ts';

const usage = 'npm run walk -- [--thin] [--json] [--save FOLDER] [--calls test/calls] [--today 2026-11-21]';

const flows: AnyFlows = callflows;

type Wish = { isThin: boolean; json: boolean; save: string | null; calls: string; today: string };

function wishFrom(args: string[]): Wish {
  const { values } = parseArgs({
    args,
    options: {
      thin: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      save: { type: 'string' },
      calls: { type: 'string', default: 'test/calls' },
      today: { type: 'string', default: '2026-11-21' },
    },
  });
  const { thin: isThin, json, save = null, calls, today } = values;
  if (!existsSync(calls)) throw new WrongArguments(`There is no ${calls}`);
  if (save !== null && existsSync(save) && !statSync(save).isDirectory())
    throw new WrongArguments(`--save is ${JSON.stringify(save)}, which is a file: give a folder`);
  const { read, rule } = settingsTable.pretendToday;
  if (today === '' || !read.safeParse(today).success)
    throw new WrongArguments(`--today is ${JSON.stringify(today)}: give ${rule}`);
  return { isThin, json, save, calls, today };
}

/** So many hotlines for recorded calls start at a time: each waits for the disk more than it works. */
const PLAYED_AT_ONCE = 4;

/** Plays every recorded call; answers through which transitions they went. */
async function recordedWays(files: readonly CallFile[], onPlayed: () => void): Promise<Set<string>> {
  const taken = new Set<string>();
  watchInPlace(flows, (name) => taken.add(name));
  await using ours = rehearsals();
  const left = files.values();
  const hand = async () => {
    for (const { text } of left) {
      const hotline = await ours.hotlineFor(parseRecordedCall(text).settings);
      await playRecordedCall(text, { ...hotline, statusUrl: `${hotline.url}/status` });
      await hotline.close();
      onPlayed();
    }
  };
  await Promise.all(Array.from({ length: PLAYED_AT_ONCE }, hand));
  return taken;
}

/** Walks as far as wished on threads of its own, while the recorded calls are played in this one. */
async function walkAll({ isThin, json, today }: Wish, files: readonly CallFile[]) {
  const bar = progressBar(json);
  const parts = { walked: 0, played: 0 };
  const show = () => bar.show(Math.min(0.99, parts.walked * 0.9 + (parts.played / (files.length || 1)) * 0.1));
  const walkers = crew(availableParallelism(), { today, byHand: isThin ? 1 : 2 });
  const onProgress = (done: number, known: number) => {
    parts.walked = Math.max(parts.walked, (done / known) ** 2);
    show();
  };
  const walking = explore(walkers, { flows, today, reach: isThin ? thin : everything, onProgress });
  const playing = recordedWays(files, () => {
    parts.played += 1;
    show();
  });
  const [walked, taken] = await Promise.all([walking.finally(walkers.close), playing]);
  bar.end();
  return { walked, taken };
}

/** Writes the shortest calls that show what failed; answers their files. */
async function saved(failures: readonly Failure[], all: readonly Property[], { save, today }: Wish) {
  const files: string[] = [];
  if (save === null) return files;
  mkdirSync(save, { recursive: true });
  const own = await alone({ flows, firstFlow, today, byHand: 2 });
  for (const [index, failure] of failures.entries()) {
    const file = join(save, `${String(index + 1).padStart(2, '0')}-${failure.property.replace(/\W+/g, '-')}.call`);
    writeFileSync(file, await shortestCall(own, failure, all, today));
    files.push(file);
  }
  await own.close();
  return files;
}

function report(walked: Walked, covered: Coverage, failures: readonly Failure[], seconds: number): void {
  const slowest = Math.max(...[...quickestFacts(walked).values()].map(({ ms }) => ms)) / 1_000;
  console.log(coverageTable(covered));
  for (const { name, keys } of covered.uncovered) console.log(`not covered: ${name}\n  by ${keys}`);
  for (const { property, why, steps } of failures) console.log(`NOT SO: ${property}\n  ${why}\n  by ${inKeys(steps)}`);
  const { moments, turns } = walked;
  console.log(
    `${moments.length} moments, ${turns.length} turns, ${seconds.toFixed(0)} s. The first fact is heard within ${slowest.toFixed(0)} s by all who know the keys.`,
  );
}

async function walkFlows(wish: Wish): Promise<void> {
  const began = performance.now();
  const files = callFiles(wish.calls);
  const { walked, taken } = await walkAll(wish, files);
  const known = recordings(
    files.map(({ text }) => text),
    wish.today,
  );
  const all = properties(flows, known);
  const failures = faultsIn(walked, all);
  const covered = coverage(flows, walked, taken);
  const calls = await saved(failures, all, wish);
  if (wish.json) console.log(JSON.stringify(inJson(walked, covered, failures)));
  else report(walked, covered, failures, (performance.now() - began) / 1_000);
  for (const file of calls) if (!wish.json) console.log(`npm run play -- ${file}`);
  if (failures.length > 0 || covered.uncovered.length > 0) process.exitCode = 1;
}

const inJson = ({ moments, turns }: Walked, { all, uncovered }: Coverage, failures: readonly Failure[]) => ({
  states: Object.values(flows).flatMap(statesOf).length,
  transitions: all.length,
  covered: all.length - uncovered.length,
  failures: failures.map(({ property, why, steps }) => ({ property, keys: inKeys(steps), why })),
  moments: moments.length,
  turns: turns.length,
  uncovered,
});

await command(usage, (args) => walkFlows(wishFrom(args)));
