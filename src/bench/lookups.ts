import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memberDirectory } from '../membership/directory.ts';
import type { MembershipService } from '../membership/membership.ts';
import { cardNumberOf, population } from '../membership/population.ts';
import { median } from './median.ts';
import { TODAY } from './today.ts';

/** How long a member is looked for among so many, in microseconds: the middle of many lookups of members who are there. */
export type Lookup = { members: number; microseconds: number };

/** Populations are asked in turn, round after round, so that whatever else the machine does meets all of them alike. */
const ROUNDS = 9;
const LOOKUPS_A_ROUND = 3_000;

/** So many lookups come before those that are timed: a directory that has been asked for a while is in memory. */
const lookupsBefore = (members: number) => 20_000 + members / 20;

/** A stride through the population that meets its members in no order of the file. */
const STRIDE = 7_919 * 7_919;

/** Looks for members in populations of these sizes; all of them are laid first. */
export async function lookups(sizes: readonly number[], onLaid: (members: number) => void): Promise<Lookup[]> {
  await using parts = new AsyncDisposableStack();
  const askers: Asker[] = [];
  for (const members of sizes) {
    askers.push(await askerOf(members, parts));
    onLaid(members);
  }
  const times = new Map<number, number[]>(sizes.map((members) => [members, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const { members, asks } of askers) times.get(members)!.push(await asks(LOOKUPS_A_ROUND));
  return sizes.map((members) => ({ members, microseconds: median(times.get(members)!) }));
}

/** Who asks about one member after the other, and says how long that took in the middle. */
type Asker = { members: number; asks(times: number): Promise<number> };

/** Lays a population in a file of its own, and asks about it until it is warm. */
async function askerOf(members: number, parts: AsyncDisposableStack): Promise<Asker> {
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'hotline-bench-')), (path) =>
    rmSync(path, { recursive: true }),
  );
  const file = join(folder, 'members.db');
  const directory = parts.adopt(await memberDirectory({ file, today: () => TODAY }), ({ close }) => close());
  const size = { members, seed: 1 };
  await directory.replacePopulation(size, population({ ...size, today: TODAY }));
  let nth = 0;
  const asks = async (times: number) => {
    const took: number[] = [];
    while (took.length < times) took.push(await timed(directory, cardNumberOf((nth++ * STRIDE) % members)));
    return median(took);
  };
  await asks(lookupsBefore(members));
  return { members, asks };
}

async function timed(directory: MembershipService, digits: string): Promise<number> {
  const began = performance.now();
  const member = await directory.findMember({ kind: 'card', digits });
  if (!member) throw new Error('A member of the population was not found.');
  return (performance.now() - began) * 1_000;
}
