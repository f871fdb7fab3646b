import type { Database, Filled, Tables } from '../database/database.ts';
import type { FamilyRecord } from './family.ts';
import type { MemberStatements } from './memberStatements.ts';

/** How many members a population has, and the chance that they come from. */
export type PopulationSize = { members: number; seed: number };

/** So many members are laid at a time, so that nobody waits for long. */
const MEMBERS_AT_ONCE = 20_000;

const same = (one: PopulationSize, other: PopulationSize) => one.members === other.members && one.seed === other.seed;

/** The changes that lay the invented families anew, under ids below zero. */
export const layInvented = ({ clearInvented, lay }: MemberStatements, families: readonly FamilyRecord[]): Filled[] => [
  ...clearInvented(),
  ...lay(families.map((family, index) => ({ ...family, id: -1 - index }))),
];

/**
 * Lays a first population where none was laid to its end, be it one of nobody; one that was laid before there were marks
 * counts. Says which other population was begun and never finished; null where there is none.
 */
export async function layFirstPopulation(
  { read, write }: Tables,
  statements: MemberStatements,
  first: PopulationSize,
  families: () => Iterable<FamilyRecord>,
): Promise<PopulationSize | null> {
  const [mark] = await read(statements.mark({}));
  const isLaid = mark ? mark.complete === 1 : (await read(statements.anyMember({}))).length > 0;
  if (isLaid) return null;
  await write(begin(statements, first));
  for (const batch of batchesOf(families())) await write(statements.lay(batch));
  await write([statements.markComplete({})]);
  return mark ? { members: mark.members, seed: mark.seed } : null;
}

const begin = ({ clearPopulation, unmark, markBegun }: MemberStatements, size: PopulationSize): Filled[] => [
  ...clearPopulation(),
  unmark({}),
  markBegun(size),
];

/** Lays a population in the place of the one there was, under ids above zero, some thousands of members at a time. */
export async function replacePopulation(
  { alone }: Database,
  statements: MemberStatements,
  size: PopulationSize,
  families: Iterable<FamilyRecord>,
): Promise<void> {
  const goOn = (changes: () => Filled[]) =>
    alone(async ({ read, write }) => {
      const [mark] = await read(statements.mark({}));
      if (!mark || mark.complete === 1 || !same(mark, size))
        throw new Error('somebody else has laid another population meanwhile');
      await write(changes());
    });
  await alone(({ write }) => write(begin(statements, size)));
  for (const batch of batchesOf(families)) await goOn(() => statements.lay(batch));
  await goOn(() => [statements.markComplete({})]);
}

function* batchesOf(families: Iterable<FamilyRecord>) {
  let batch: (FamilyRecord & { id: number })[] = [];
  let [members, id] = [0, 0];
  for (const family of families) {
    batch.push({ ...family, id: ++id });
    members += family.members.length;
    if (members < MEMBERS_AT_ONCE) continue;
    yield batch;
    [batch, members] = [[], 0];
  }
  yield batch;
}
