import { guesses, promised } from './guesses.ts';
import type { Target, World } from './makeCall.ts';
import type { OwnServer, Taken } from './ownServer.ts';
import { type Census, people } from './people.ts';
import { type Load, run } from './run.ts';
import type { Use } from './takeOrders.ts';
import { type Tally, tally } from './tally.ts';
import { badWire, steadyWire } from './wire.ts';

/** What a load test is asked to do. */
export type LoadWish = Pick<Load, 'stream' | 'isVirtual' | 'only'> & {
  census: Census;
  faults: boolean;
  onCall?(tally: Tally): void;
};

/** What a load test found out. */
export type Findings = {
  tally: Tally;
  seconds: number;
  /** Memory of the server after a tenth of the calls, when it is warm, and at the end; null where it is not ours. */
  rssStartMB: number | null;
  rssEndMB: number | null;
  /** Time on the processor, in milliseconds a turn: of the callers, and of the server where it is ours and has lived on. */
  callersCpuMs: number;
  serverCpuMs: number | null;
  /** The most failed lookups told to one caller, or of one number. */
  guesses: { inAQuarterOfAnHour: number; inADay: number };
  /** How often the server was killed. */
  deaths: number;
  /** How far the calls went through the flows; null where nobody wants to know. */
  transitions: Taken | null;
};

/** So many of every hundred members, or a few, are called only about by who guesses. */
const victimsOf = (members: number) => Math.min(200, Math.ceil(members / 50));

/** Before calls by the clock come so many on the virtual one, which are not timed: a hotline that runs is warm. */
const MOST_TO_WARM_UP = 1_000;

/** Calls this server, or one that somebody else started, as wished; resolves when the last call is over. */
export async function loadTest(wish: LoadWish, target: Target, own: OwnServer | null): Promise<Findings> {
  const counted = tally();
  const world = worldOf(wish, target);
  const { stream, isVirtual, faults, only } = wish;
  const wire: Load['wire'] = (dice) => (faults ? badWire(dice, own?.isUp ?? (async () => {})) : steadyWire());
  const load = { stream, isVirtual, world, wire, tally: counted, onCall: () => {}, ...(only && { only }) };
  if (!isVirtual) await run(toWarmUp(load, counted));
  const watch = await watched(wish, own, counted);
  const [began, worked] = [performance.now(), process.cpuUsage()];
  await run({ ...load, onCall: watch.onCall });
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(worked);
  return {
    ...{ tally: counted, seconds, guesses: world.guesses.most() },
    callersCpuMs: (user + system) / 1_000 / counted.turns,
    ...(await watch.ended()),
    transitions: own?.transitions ?? null,
  };
}

function worldOf({ census, faults }: LoadWish, target: Target): World {
  const everybody = people(census);
  const known = everybody.all.slice(-victimsOf(everybody.all.length));
  const victims = known.filter(({ nik, code }) => nik !== null && code !== '2');
  return { target, people: everybody, victims, today: census.today, guesses: guesses(Date.now), trouble: faults };
}

/** Calls by others than those who call afterwards, for as many calls as come then. */
function toWarmUp(load: Load, { warmedUp }: Tally): Load {
  const { calls, first = 0 } = load.stream;
  const stream = { ...load.stream, calls: Math.min(MOST_TO_WARM_UP, Math.ceil(calls / 10)), first: first + calls };
  return { ...load, stream, isVirtual: true, tally: { answered: () => {}, over: warmedUp } };
}

/** Whether guessing went further than the hotline promises. */
export const guessedTooOften = ({ guesses }: Pick<Findings, 'guesses'>): boolean =>
  guesses.inAQuarterOfAnHour > promised.inAQuarterOfAnHour || guesses.inADay > promised.inADay;

/** Looks after the server while calls are made: asks what it uses, and kills it in the middle where that is wished. */
async function watched({ stream, faults, onCall = () => {} }: LoadWish, own: OwnServer | null, counted: Tally) {
  const used = async () => (own ? own.use() : null);
  const before = await used();
  let [warm, death, deaths]: [Promise<Use | null> | null, Promise<void> | null, number] = [null, null, 0];
  const kill = async (server: OwnServer) => {
    await warm;
    await server.killAndStartAgain();
    deaths += 1;
  };
  return {
    onCall() {
      if (counted.calls >= stream.calls / 10) warm ??= used();
      if (faults && own && counted.calls >= stream.calls / 2) death ??= kill(own);
      onCall(counted);
    },
    async ended() {
      await death;
      const after = await used();
      const serverCpuMs =
        before && after && deaths === 0 ? ((after.cpuSeconds - before.cpuSeconds) * 1_000) / counted.turns : null;
      return { rssStartMB: rssOf(await warm), rssEndMB: rssOf(after), serverCpuMs, deaths };
    },
  };
}

const rssOf = (use: Use | null) => use && Math.round(use.rssMB * 10) / 10;
