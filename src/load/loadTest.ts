import { guesses, promised } from './guesses.ts';
import type { Target, World } from './makeCall.ts';
import type { OwnServer } from './ownServer.ts';
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
};

/** So many of every hundred members, or a few, are called only about by who guesses. */
const victimsOf = (members: number) => Math.min(200, Math.ceil(members / 50));

/** Calls this server, or one that somebody else started, as wished; resolves when the last call is over. */
export async function loadTest(wish: LoadWish, target: Target, own: OwnServer | null): Promise<Findings> {
  const everybody = people(wish.census);
  const guessed = guesses(Date.now);
  const known = everybody.all.slice(-victimsOf(everybody.all.length));
  const victims = known.filter(({ nik, code }) => nik !== null && code !== '2');
  const world: World = {
    ...{ target, people: everybody, victims, today: wish.census.today },
    ...{ guesses: guessed, trouble: wish.faults },
  };
  const counted = tally();
  const watch = await watched(wish, own, counted);
  const [began, worked] = [performance.now(), process.cpuUsage()];
  await run({
    ...{ stream: wish.stream, isVirtual: wish.isVirtual, world, tally: counted, onCall: watch.onCall },
    wire: (dice) => (wish.faults ? badWire(dice, own?.isUp ?? (async () => {})) : steadyWire()),
    ...(wish.only && { only: wish.only }),
  });
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(worked);
  const callersCpuMs = (user + system) / 1_000 / counted.turns;
  return { tally: counted, seconds, guesses: guessed.most(), callersCpuMs, ...(await watch.ended()) };
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
