import { build, type Histogram } from 'hdr-histogram-js';
import type { Finding } from './judgement.ts';
import type { CallResult } from './makeCall.ts';

/** How the calls of one persona went. */
export type PersonaTally = {
  calls: number;
  contained: number;
  officer: number;
  noOfficer: number;
  firstFactSeconds: number | null;
};

/** A call in which something was wrong: whose it was, what, and what was heard, without anybody's numbers. */
export type WrongCall = { persona: string; findings: readonly Finding[]; transcript: readonly string[] };

/** What is counted while calls are made. */
export type Tally = {
  /** A request was answered so many milliseconds after it should have gone out. */
  answered(ms: number): void;
  over(result: CallResult): void;
  /** A call was made to warm up: of it only what was wrong counts. */
  warmedUp(result: CallResult): void;
  readonly calls: number;
  readonly turns: number;
  readonly wrong: number;
  readonly crossTalk: number;
  readonly troubled: number;
  /** Calls in which a key was pressed when nothing listened. */
  readonly lostKeys: number;
  readonly wrongCalls: readonly WrongCall[];
  /** What was wrong, the most frequent first, and how often. */
  whatWasWrong(): [what: string, times: number][];
  /** So many milliseconds or fewer took this part (0 to 100) of all requests. */
  percentile(part: number): number;
  /** How many requests took how long, in steps of which each is twice as long as the one before. */
  byLength(): { upToMs: number; turns: number }[];
  personas(): Record<string, PersonaTally>;
};

const MOST_SHOWN = 10;
/** So many different faults are told apart. */
const MOST_FAULTS = 1_000;
const LONGEST_MS = 120_000;

/** An empty tally. Latencies are kept in microseconds, three digits exact. */
export function tally(): Tally {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_MS * 1_000,
    numberOfSignificantValueDigits: 3,
  });
  const byPersona = new Map<string, Counted>();
  const byLength: number[] = [];
  const wrongCalls: WrongCall[] = [];
  const faults = new Map<string, number>();
  const counts = { calls: 0, wrong: 0, crossTalk: 0, troubled: 0, lostKeys: 0 };
  const ms = (microseconds: number) => Math.round(microseconds / 10) / 100;
  const countFindings = (result: CallResult) => {
    for (const { kind, what } of result.findings) {
      counts[kind] += 1;
      if (faults.has(what) || faults.size < MOST_FAULTS) faults.set(what, (faults.get(what) ?? 0) + 1);
    }
    if (result.findings.length > 0 && wrongCalls.length < MOST_SHOWN) wrongCalls.push(result);
  };
  return {
    warmedUp: countFindings,
    answered(took) {
      histogram.recordValue(Math.min(Math.max(1, Math.round(took * 1_000)), LONGEST_MS * 1_000));
      const step = Math.max(0, Math.ceil(Math.log2(took)));
      byLength[step] = (byLength[step] ?? 0) + 1;
    },
    over(result) {
      counts.calls += 1;
      if (result.wasTroubled) counts.troubled += 1;
      if (result.lostKeys) counts.lostKeys += 1;
      countFindings(result);
      count(byPersona, result);
    },
    get calls() {
      return counts.calls;
    },
    get turns() {
      return histogram.totalCount;
    },
    get wrong() {
      return counts.wrong;
    },
    get crossTalk() {
      return counts.crossTalk;
    },
    get lostKeys() {
      return counts.lostKeys;
    },
    get troubled() {
      return counts.troubled;
    },
    wrongCalls,
    whatWasWrong: () => [...faults].sort(([, a], [, b]) => b - a).slice(0, MOST_SHOWN),
    percentile: (part) => ms(histogram.getValueAtPercentile(part)),
    byLength: () => Array.from(byLength, (turns = 0, step) => ({ upToMs: 2 ** step, turns })),
    personas: () => Object.fromEntries([...byPersona].map(([name, one]) => [name, shown(one)])),
  };
}

type Counted = PersonaTally & { firstFacts: Histogram };

function count(byPersona: Map<string, Counted>, { persona, outcome, firstFactMs }: CallResult): void {
  const fresh = () => ({
    ...{ calls: 0, contained: 0, officer: 0, noOfficer: 0, firstFactSeconds: null },
    firstFacts: build({ highestTrackableValue: 3_600_000, numberOfSignificantValueDigits: 2 }),
  });
  const one = byPersona.get(persona) ?? byPersona.set(persona, fresh()).get(persona)!;
  one.calls += 1;
  one[outcome] += 1;
  if (firstFactMs !== null) one.firstFacts.recordValue(firstFactMs);
}

function shown({ firstFacts, ...one }: Counted): PersonaTally {
  if (firstFacts.totalCount === 0) return one;
  return { ...one, firstFactSeconds: Math.round(firstFacts.getValueAtPercentile(50) / 100) / 10 };
}
