import { type Running, running } from './contenders.ts';
import { type ReadyCall, readyCalls } from './rounds.ts';
import type { Contender } from './server.ts';

/** Who is compared with whom, in the order in which they have their turns. */
export const contenders: readonly Contender[] = ['bare', 'tutorial', 'withoutFlows', 'hotline'];

/** Something of each of the three. */
export type OfEach<Thing> = Record<Contender, Thing>;

export const ofEach = <Thing>(find: (name: Contender) => Thing) =>
  Object.fromEntries(contenders.map((name) => [name, find(name)])) as OfEach<Thing>;

/** All of them, and the next calls to each. Who remembers nothing is called by the same again; a hotline may be several copies. */
export type Field = { servers: OfEach<readonly Running[]>; calls(name: Contender, count: number): ReadyCall[] };

/** So many calls are made again and again to who remembers nothing. */
const CALLED_AGAIN = 2_000;

/** The address that requests to every copy are signed for. Nobody looks it up. */
const PUBLIC_BASE_URL = 'http://hotline.example';

/** Starts all of them, a hotline of so many copies with these settings. */
export async function startField(
  processes: AsyncDisposableStack,
  { copies = 1, settings = {} }: { copies?: number; settings?: Record<string, string> },
): Promise<Field> {
  const begun = async (...asked: Parameters<typeof running>) => processes.use(await running(...asked));
  const [bare, tutorial] = [await begun('bare'), await begun('tutorial')];
  const withoutFlows = await begun('withoutFlows', { settings: { PUBLIC_BASE_URL } });
  const hotlines: Running[] = [];
  for (let nth = 0; nth < copies; nth++)
    hotlines.push(await begun('hotline', { settings: { ...settings, PUBLIC_BASE_URL } }));
  const next: OfEach<(count: number) => ReadyCall[]> = {
    bare: again(readyCalls(bare)(CALLED_AGAIN)),
    tutorial: again(readyCalls(tutorial)(CALLED_AGAIN)),
    withoutFlows: readyCalls(withoutFlows),
    hotline: readyCalls(hotlines[0]!),
  };
  return {
    servers: { bare: [bare], tutorial: [tutorial], withoutFlows: [withoutFlows], hotline: hotlines },
    calls: (name, count) => next[name](count),
  };
}

/** The next ones of these calls, which begin again when all were made. */
function again(calls: readonly ReadyCall[]) {
  let made = 0;
  return (count: number) => Array.from({ length: count }, () => calls[made++ % calls.length]!);
}
