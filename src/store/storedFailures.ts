import type { Database, Prepare, Value } from '../database/database.ts';
import { expressions } from '../database/expressions.ts';
import type { Seal } from '../database/seal.ts';
import type { Counted, FailedLookups } from '../membership/failedLookups.ts';

/**
 * A failure may be written a little ahead of now: by a copy whose clock is fast, or while this one waited for its lock. What
 * lies further ahead was written by a clock that was wrong.
 */
const CLOCKS_MAY_DIFFER_MS = 60_000;

/** Failed lookups in the table `failed_lookups`, their subjects and occasions hashed. */
export function storedFailures({ prepare, read, write, erase }: Database, seal: Seal): FailedLookups {
  const reservations = new Map<string, ReturnType<typeof reservationFor>>();
  const release = prepare((query, { occasion }: { occasion: Uint8Array }) =>
    query.deleteFrom('failed_lookups').where('occasion', '=', occasion),
  );
  const forgetBefore = prepare((query, { when }: { when: number }) =>
    query.deleteFrom('failed_lookups').where('at', '<', when),
  );

  return {
    async reserve(counted, name, at) {
      const shape = counted.map(({ limits }) => limits.length);
      const { reserve, mayFail } = reservations.getOrInsertComputed(`${shape}`, () => reservationFor(prepare, shape));
      const subjects = counted.map(({ subject }) => seal.hash(subject));
      const [occasion, latest] = [seal.hash(name), at.getTime() + CLOCKS_MAY_DIFFER_MS];
      const blanks = { occasion, at: at.getTime(), latest, ...limitsIn(counted, subjects) };
      const [failures] = await write([reserve(blanks)], subjects);
      // Nothing is counted where a limit is reached, and where all of it was counted before.
      return failures! > 0 || (await read(mayFail(blanks))).length > 0;
    },
    async release(name) {
      await write([release({ occasion: seal.hash(name) })]);
    },
    async forgetBefore(when) {
      const [forgotten] = await erase([forgetBefore({ when: when.getTime() })]);
      return forgotten!;
    },
  };
}

const subjectOf = (which: number) => `subject ${which}`;
const sinceOf = (which: number, limit: number) => `since ${which} ${limit}`;
const mostOf = (which: number, limit: number) => `most ${which} ${limit}`;

/** What fills the blanks for what is counted: each subject, its limits, and since when they count. */
function limitsIn(counted: readonly Counted[], subjects: readonly Uint8Array[]): Record<string, Value> {
  const blanks: Record<string, Value> = {};
  for (const [which, { limits }] of counted.entries()) {
    blanks[subjectOf(which)] = subjects[which]!;
    for (const [limit, { since, most }] of limits.entries()) {
      blanks[sinceOf(which, limit)] = since.getTime();
      blanks[mostOf(which, limit)] = most;
    }
  }
  return blanks;
}

type Blanks = Record<string, Value>;
const blank = <T extends Value>(blanks: Blanks, name: string) => blanks[name] as T;

/**
 * Whether none of all subjects has reached a limit, of which each has so many as `shape` says. What lies far ahead
 * of now does not count; nor does what this occasion has counted before.
 */
function withinLimits(blanks: Blanks, shape: readonly number[]) {
  const failures = (which: number, limit: number) =>
    expressions
      .selectFrom('failed_lookups')
      .select(({ fn }) => fn.countAll<number>().as('failures'))
      .where('subject', '=', blank<Uint8Array>(blanks, subjectOf(which)))
      .where('occasion', '<>', blank<Uint8Array>(blanks, 'occasion'))
      .where('at', '>=', blank<number>(blanks, sinceOf(which, limit)))
      .where('at', '<=', blank<number>(blanks, 'latest'));
  const limits = shape.flatMap((count, which) => [...Array(count).keys()].map((limit) => [which, limit] as const));
  return expressions.and(
    limits.map(([which, limit]) =>
      expressions(failures(which, limit), '<', blank<number>(blanks, mostOf(which, limit))),
    ),
  );
}

/** Counts a failure for each subject where all are within their limits, and asks whether they are. */
function reservationFor(prepare: Prepare, shape: readonly number[]) {
  const mayFail = prepare((query, blanks: Blanks) =>
    query.selectNoFrom(({ lit }) => lit(1).as('yes')).where(withinLimits(blanks, shape)),
  );
  const reserve = prepare((query, blanks: Blanks, bytes) => {
    const subject = (which: number) =>
      query.selectNoFrom(({ cast, val }) =>
        cast<Uint8Array>(val(blank<Uint8Array>(blanks, subjectOf(which))), bytes).as('subject'),
      );
    const subjects = shape.map((_, which) => subject(which)).reduce((some, more) => some.unionAll(more));
    const failures = query
      .selectFrom(subjects.as('counted'))
      .select(({ val }) => [
        'counted.subject',
        val(blank<Uint8Array>(blanks, 'occasion')).as('occasion'),
        val(blank<number>(blanks, 'at')).as('at'),
      ])
      .where(withinLimits(blanks, shape));
    return query
      .insertInto('failed_lookups')
      .columns(['subject', 'occasion', 'at'])
      .expression(failures)
      .onConflict((conflict) => conflict.doNothing());
  });
  return { reserve, mayFail };
}
