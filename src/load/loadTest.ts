import { guesses, promised } from './guesses.ts';
import type { Target, World } from './makeCall.ts';
import type { OwnServer } from './ownServer.ts';
import { type Census, people } from './people.ts';
import { type Load, run } from './run.ts';
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
  const watch = watched(wish, own, counted);
  const began = performance.now();
  await run({
    ...{ stream: wish.stream, isVirtual: wish.isVirtual, world, tally: counted, onCall: watch.onCall },
    wire: (dice) => (wish.faults ? badWire(dice, own?.isUp ?? (async () => {})) : steadyWire()),
    ...(wish.only && { only: wish.only }),
  });
  const seconds = (performance.now() - began) / 1_000;
  return { tally: counted, seconds, guesses: guessed.most(), ...(await watch.ended()) };
}

/** Whether guessing went further than the hotline promises. */
export const guessedTooOften = ({ guesses }: Pick<Findings, 'guesses'>): boolean =>
  guesses.inAQuarterOfAnHour > promised.inAQuarterOfAnHour || guesses.inADay > promised.inADay;

/** Looks after the server while calls are made: asks for its memory, and kills it in the middle where that is wished. */
function watched({ stream, faults, onCall = () => {} }: LoadWish, own: OwnServer | null, counted: Tally) {
  const rss = async () => (own ? Math.round((await own.use()).rssMB * 10) / 10 : null);
  let [start, death, deaths]: [Promise<number | null> | null, Promise<void> | null, number] = [null, null, 0];
  const kill = async (server: OwnServer) => {
    await start;
    await server.killAndStartAgain();
    deaths += 1;
  };
  return {
    onCall() {
      if (counted.calls >= stream.calls / 10) start ??= rss();
      if (faults && own && counted.calls >= stream.calls / 2) death ??= kill(own);
      onCall(counted);
    },
    async ended() {
      await death;
      return { rssStartMB: await start, rssEndMB: await rss(), deaths };
    },
  };
}
