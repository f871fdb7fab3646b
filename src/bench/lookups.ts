import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memberDirectory } from '../membership/directory.ts';
import { cardNumberOf, population } from '../membership/population.ts';
import { median } from './median.ts';
import { TODAY } from './today.ts';

/** How long a member is looked for among so many, in microseconds: the middle of many lookups of members who are there. */
export type Lookup = { members: number; microseconds: number };

const LOOKUPS = 20_000;
/** A stride through the population that meets its members in no order of the file. */
const STRIDE = 7_919;

/** Looks for members in populations of these sizes, in the order given; each is laid first. */
export async function lookups(sizes: readonly number[], onLaid: (members: number) => void): Promise<Lookup[]> {
  const found: Lookup[] = [];
  for (const members of sizes) {
    found.push({ members, microseconds: await among(members) });
    onLaid(members);
  }
  return found;
}

async function among(members: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-bench-'));
  const directory = await memberDirectory({ file: join(folder, 'members.db'), today: () => TODAY });
  try {
    const size = { members, seed: 1 };
    await directory.replacePopulation(size, population({ ...size, today: TODAY }));
    const times: number[] = [];
    for (let nth = 0; nth < 2 * LOOKUPS; nth++) {
      const digits = cardNumberOf((nth * STRIDE * STRIDE) % members);
      const began = performance.now();
      const member = await directory.findMember({ kind: 'card', digits });
      if (nth >= LOOKUPS) times.push((performance.now() - began) * 1_000);
      if (!member) throw new Error(`A member of a population of ${members} was not found.`);
    }
    return median(times);
  } finally {
    await directory.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
