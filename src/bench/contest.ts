import { REQUESTS_A_CALL } from './callRequests.ts';
import { type Running, running } from './contenders.ts';
import { median } from './median.ts';
import { fullRound, type ReadyCall, type Round, readyCalls, steadyRound } from './rounds.ts';

/** What the contest found. Rates are requests a second, times milliseconds; `cpuMs` is processor time a request. */
export type Contest = {
  perSecond: Record<'hotline' | 'tutorial' | 'bare', number>;
  cpuMs: Record<'hotline' | 'tutorial' | 'bare', number>;
  /** How many times as many requests as the other one; the median over the rounds. */
  versusTutorialHandler: number;
  versusBareExpress: number;
  /** At half of the calls a second that the hotline takes at most. */
  halfLoad: Round;
};

const names = ['bare', 'tutorial', 'hotline'] as const;
type Name = (typeof names)[number];

/** Before it is measured a server has answered so long, in seconds. */
const WARM_SECONDS = 3;
const HALF_LOAD_SECONDS = 10;

/** So many calls a second are made ready for the hotline, more than it takes; who remembers nothing is called by the same again. */
const READY_A_SECOND = 3_000;
const CALLED_AGAIN = 2_000;

type Sample = Round & { cpuMs: number };

/** What is measured: for so many rounds of so many seconds, a hotline of so many copies with these settings. */
export type Terms = { rounds: number; seconds: number; copies?: number; settings?: Record<string, string> };

/** The address that requests to every copy are signed for. Nobody looks it up. */
const PUBLIC_BASE_URL = 'http://hotline.example';

/**
 * Lets the three servers answer the same requests in turn, round after round, so that whatever else the machine does
 * meanwhile meets all of them alike.
 */
export async function contest({ rounds, seconds, copies = 1, settings = {} }: Terms, onRound: () => void) {
  await using processes = new AsyncDisposableStack();
  const begun = async (...asked: Parameters<typeof running>) => processes.use(await running(...asked));
  const [bare, tutorial] = [await begun('bare'), await begun('tutorial')];
  const hotlines: Running[] = [];
  for (let nth = 0; nth < copies; nth++)
    hotlines.push(await begun('hotline', { settings: { ...settings, PUBLIC_BASE_URL } }));
  const [hotline] = hotlines as [Running];
  const ready = readyCalls(hotline);
  const again = { bare: readyCalls(bare)(CALLED_AGAIN), tutorial: readyCalls(tutorial)(CALLED_AGAIN) };
  const turn: Record<Name, (length: number) => Promise<Sample>> = {
    bare: (length) => measured([bare], endlessly(again.bare), length),
    tutorial: (length) => measured([tutorial], endlessly(again.tutorial), length),
    hotline: (length) => measured(hotlines, ready(length * READY_A_SECOND), length),
  };
  for (const name of names) await turn[name](WARM_SECONDS);

  const samples: Record<Name, Sample>[] = [];
  for (let nth = 0; nth < rounds; nth++) {
    const one: Partial<Record<Name, Sample>> = {};
    for (const name of names) one[name] = await turn[name](seconds);
    samples.push(one as Record<Name, Sample>);
    onRound();
  }
  const of = (read: (sample: Record<Name, Sample>) => number) => median(samples.map(read));
  const each = (what: 'perSecond' | 'cpuMs') =>
    Object.fromEntries(names.map((name) => [name, of((sample) => sample[name][what])])) as Record<Name, number>;
  const half = each('perSecond').hotline / REQUESTS_A_CALL / 2;
  const found: Contest = {
    perSecond: each('perSecond'),
    cpuMs: each('cpuMs'),
    versusTutorialHandler: of(({ hotline: ours, tutorial: theirs }) => ours.perSecond / theirs.perSecond),
    versusBareExpress: of(({ hotline: ours, bare: theirs }) => ours.perSecond / theirs.perSecond),
    halfLoad: checked(await steadyRound(hotline, ready(Math.round(half * HALF_LOAD_SECONDS)), half)),
  };
  return found;
}

function* endlessly(calls: readonly ReadyCall[]): Generator<ReadyCall> {
  for (;;) yield* calls;
}

async function measured(servers: readonly Running[], calls: Iterable<ReadyCall>, seconds: number): Promise<Sample> {
  const before = await cpuSeconds(servers);
  const round = checked(await fullRound(servers, calls, seconds));
  return { ...round, cpuMs: (((await cpuSeconds(servers)) - before) * 1_000) / round.requests };
}

async function cpuSeconds(servers: readonly Running[]): Promise<number> {
  const uses = await Promise.all(servers.map((server) => server.use()));
  return uses.reduce((sum, use) => sum + use.cpuSeconds, 0);
}

/** A figure of a server that answered wrongly is none. */
function checked(round: Round): Round {
  const { failed, requests } = round;
  if (failed > 0) throw new Error(`${failed} of ${requests} requests were answered otherwise than with TwiML.`);
  return round;
}
