import type { ColdStart } from './coldStart.ts';
import type { Contest } from './contest.ts';
import type { OfEach } from './field.ts';
import type { Steady } from './halfLoad.ts';
import type { Lookup } from './lookups.ts';
import type { Memory } from './memory.ts';

/** The contest with PostgreSQL, of one copy and of two. */
export type PostgresContest = { one: Contest; two: Contest };

/** Everything that a benchmark has found. */
export type Bench = {
  contest: Contest;
  halfLoad: OfEach<Steady>;
  postgres: PostgresContest | null;
  coldStart: ColdStart;
  parkedCallBytes: number;
  memory: Memory;
  lookups: readonly Lookup[];
};

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** How many times as long a lookup takes among the most members as among the fewest. */
const growthOf = (found: readonly Lookup[]) => found.at(-1)!.microseconds / found[0]!.microseconds;

/** The findings as one object, for a script. */
export function plainBench({ contest, halfLoad, postgres, coldStart, parkedCallBytes, memory, lookups }: Bench) {
  const { perSecond, cpuMs, versusTutorialHandler, versusBareExpress } = contest;
  return {
    turn: {
      perSecond: Math.round(perSecond.hotline),
      versusTutorialHandler: rounded(versusTutorialHandler, 2),
      versusBareExpress: rounded(versusBareExpress, 2),
      cpuMs: rounded(cpuMs.hotline, 3),
      halfLoad: steadyFound(halfLoad.hotline),
    },
    withoutFlows: {
      perSecond: Math.round(perSecond.withoutFlows),
      versusTutorialHandler: rounded(contest.withoutFlowsVersusTutorialHandler, 2),
      cpuMs: rounded(cpuMs.withoutFlows, 3),
      atSameRate: steadyFound(halfLoad.withoutFlows),
    },
    tutorialHandler: {
      perSecond: Math.round(perSecond.tutorial),
      cpuMs: rounded(cpuMs.tutorial, 3),
      atSameRate: steadyFound(halfLoad.tutorial),
    },
    bareExpress: {
      perSecond: Math.round(perSecond.bare),
      cpuMs: rounded(cpuMs.bare, 3),
      atSameRate: steadyFound(halfLoad.bare),
    },
    ...(postgres && { postgres: inPostgres(postgres) }),
    lookup: {
      growth: rounded(growthOf(lookups), 2),
      microseconds: lookups.map(({ members, microseconds }) => [members, rounded(microseconds, 1)]),
    },
    coldStartMs: Math.round(coldStart.firstEver),
    coldStartAgainMs: Math.round(coldStart.again),
    parkedCallBytes: Math.round(parkedCallBytes),
    rssWarmMB: rounded(memory.warmMB, 1),
    rssEndMB: rounded(memory.endMB, 1),
  };
}

const steadyFound = ({ p50ms, p99ms, tail }: Steady) => ({
  p50ms: rounded(p50ms, 2),
  p99ms: rounded(p99ms, 2),
  tail: rounded(tail, 1),
});

const inPostgres = ({ one, two }: PostgresContest) => ({
  perSecond: Math.round(one.perSecond.hotline),
  versusTutorialHandler: rounded(one.versusTutorialHandler, 2),
  twoCopiesPerSecond: Math.round(two.perSecond.hotline),
  twoCopiesVersusTutorialHandler: rounded(two.versusTutorialHandler, 2),
});

/** The findings in sentences. */
export function drawnBench(found: Bench): string {
  const { turn, withoutFlows, tutorialHandler, bareExpress, postgres, lookup, ...rest } = plainBench(found);
  return `
requests a second, one process   processor time a request
  a bare Express route     ${padded(bareExpress.perSecond)}    ${bareExpress.cpuMs.toFixed(3)} ms
  a tutorial handler       ${padded(tutorialHandler.perSecond)}    ${tutorialHandler.cpuMs.toFixed(3)} ms
  the hotline, no flows    ${padded(withoutFlows.perSecond)}    ${withoutFlows.cpuMs.toFixed(3)} ms
  the hotline              ${padded(turn.perSecond)}    ${turn.cpuMs.toFixed(3)} ms
The hotline takes ${turn.versusTutorialHandler} times what the tutorial handler takes, and ${turn.versusBareExpress} times the bare route.
Without its flows, signed and written down all the same, it takes ${withoutFlows.versusTutorialHandler} times what the tutorial handler takes.
${postgres ? `${postgresLine(postgres)}\n` : ''}At half of its load, where half of all requests take … ms and 99 of a hundred … ms:
  the hotline              ${steadyLine(turn.halfLoad)}
  the hotline, no flows    ${steadyLine(withoutFlows.atSameRate)}
  a tutorial handler       ${steadyLine(tutorialHandler.atSameRate)}
  a bare Express route     ${steadyLine(bareExpress.atSameRate)}
The first call of a new folder is answered ${rest.coldStartMs} ms after the start, ${rest.coldStartAgainMs} ms in a used one.
A parked call takes ${rest.parkedCallBytes} bytes of the database.
${found.memory.calls} calls: ${rest.rssWarmMB} MB when warm, ${rest.rssEndMB} MB at the end.
A lookup takes ${lookup.microseconds.map(([members, time]) => `${time} µs among ${members}`).join(', ')} members: ${lookup.growth} times as long.`;
}

const postgresLine = (found: ReturnType<typeof inPostgres>) =>
  `With PostgreSQL one copy takes ${found.perSecond} a second, ${found.versusTutorialHandler} times the tutorial handler; two take ${found.twoCopiesPerSecond}, ${found.twoCopiesVersusTutorialHandler} times.`;

const steadyLine = ({ p50ms, p99ms, tail }: Steady) => `${p50ms} and ${p99ms}: ${tail} times as long`;

const padded = (count: number) => String(count).padStart(7);
