import { population } from '../membership/population.ts';

type Family = ReturnType<typeof population> extends Generator<infer One> ? One : never;

/** Somebody of the population, with the family they are billed with. */
export type Person = { cardNumber: string; nik: string | null; code: string; family: Family };

/** Everybody whom callers can be, and who has a number. */
export type People = { all: readonly Person[]; withNumber(digits: string): Person | null };

/** Which population: so many members of a seed, seen from a day. */
export type Census = { members: number; seed: number; today: string };

/** The population as the directory has it: the same census invents the same people. */
export function people(census: Census): People {
  const all = [...population(census)].flatMap((family) =>
    family.members.map(({ cardNumber, nik, statusCode }): Person => ({ cardNumber, nik, code: statusCode, family })),
  );
  const byNumber = new Map<string, Person>();
  for (const person of all) {
    byNumber.set(person.cardNumber, person);
    if (person.nik) byNumber.set(person.nik, person);
  }
  return { all, withNumber: (digits) => byNumber.get(digits) ?? null };
}
