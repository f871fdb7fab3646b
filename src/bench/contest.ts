import type { Running } from './contenders.ts';
import { type OfEach, ofEach, startField } from './field.ts';
import { inTurn } from './inTurn.ts';
import { median } from './median.ts';
import { checked, fullRound, type ReadyCall } from './rounds.ts';
import type { Contender } from './server.ts';

/** What the contest found. Rates are requests a second; `cpuMs` is processor time a request, in milliseconds. */
export type Contest = {
  perSecond: OfEach<number>;
  cpuMs: OfEach<number>;
  /** How many times as many requests as the other one; the median over the rounds. */
  versusTutorialHandler: number;
  versusBareExpress: number;
  withoutFlowsVersusTutorialHandler: number;
};

/** What is measured: for so many rounds of so many seconds, a hotline of so many copies with these settings. */
export type Terms = { rounds: number; seconds: number; copies?: number; settings?: Record<string, string> };

/** Before they are measured servers have answered for so many rounds. */
const WARM_ROUNDS = 1;

/** So many calls a second are made ready, more than a hotline takes, and enough of those that are made again. */
const READY_A_SECOND = { hotline: 3_000, withoutFlows: 5_000, tutorial: 5_000, bare: 15_000 };

/** How many requests a second each of the field takes at most, with as many callers as fill it. */
export async function contest({ rounds, seconds, ...hotline }: Terms, onRound: () => void): Promise<Contest> {
  await using processes = new AsyncDisposableStack();
  const { servers, calls } = await startField(processes, hotline);
  const full = (name: keyof typeof servers) =>
    measured(servers[name], calls(name, seconds * READY_A_SECOND[name]), seconds);
  await inTurn(WARM_ROUNDS, full);
  const samples = await inTurn(rounds, full, onRound);
  const each = (what: 'perSecond' | 'cpuMs') => ofEach((name) => median(samples.map((one) => one[name][what])));
  const versus = (other: Contender, who: Contender = 'hotline') =>
    median(samples.map((one) => one[who].perSecond / one[other].perSecond));
  return {
    perSecond: each('perSecond'),
    cpuMs: each('cpuMs'),
    versusTutorialHandler: versus('tutorial'),
    versusBareExpress: versus('bare'),
    withoutFlowsVersusTutorialHandler: versus('tutorial', 'withoutFlows'),
  };
}

async function measured(servers: readonly Running[], calls: readonly ReadyCall[], seconds: number) {
  const before = await cpuSeconds(servers);
  const round = checked(await fullRound(servers, calls, seconds));
  return { ...round, cpuMs: (((await cpuSeconds(servers)) - before) * 1_000) / round.requests };
}

async function cpuSeconds(servers: readonly Running[]): Promise<number> {
  const uses = await Promise.all(servers.map((server) => server.use()));
  return uses.reduce((sum, use) => sum + use.cpuSeconds, 0);
}
