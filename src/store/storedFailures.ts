import type { Database, Prepare, Value } from '../database/database.ts';
import type { Counted, FailedLookups } from '../membership/failedLookups.ts';
import type { Seal } from './seal.ts';

/** Failed lookups in the table `failed_lookups`, their subjects and occasions hashed. */
export function storedFailures({ prepare, write, erase }: Database, seal: Seal): FailedLookups {
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
      const reserve = reservations.getOrInsertComputed(`${shape}`, () => reservationFor(prepare, shape));
      const subjects = counted.map(({ subject }) => seal.hash(subject));
      const occasion = seal.hash(name);
      const blanks = { occasion, at: at.getTime(), ...limitsIn(counted, subjects) };
      // A failure for each subject, all on the same condition, which this occasion does not count for.
      const failures = subjects.map((subject) => reserve({ ...blanks, subject }));
      const reserved = await write(failures, [...subjects, occasion]);
      return reserved.every((rows) => rows === 1);
    },
    async release(name) {
      const occasion = seal.hash(name);
      await write([release({ occasion })], [occasion]);
    },
    async forgetBefore(when) {
      const [forgotten] = await erase([forgetBefore({ when: when.getTime() })]);
      return forgotten!;
    },
  };
}

/** The blanks for what is counted: each subject, its limits, and since when they count. */
function limitsIn(counted: readonly Counted[], subjects: readonly Uint8Array[]): Record<string, Value> {
  const blanks: Record<string, Value> = {};
  for (const [which, { limits }] of counted.entries()) {
    blanks[`subject ${which}`] = subjects[which]!;
    for (const [limit, { since, most }] of limits.entries()) {
      blanks[`since ${which} ${limit}`] = since.getTime();
      blanks[`most ${which} ${limit}`] = most;
    }
  }
  return blanks;
}

/**
 * Counts a failure for one subject where none of all subjects has reached a limit; `shape` says how many limits each of
 * them has. What lies ahead of now was written by a clock that was wrong, and does not count.
 */
function reservationFor(prepare: Prepare, shape: readonly number[]) {
  return prepare((query, blanks: Record<string, Value>) => {
    const blank = <T extends Value>(name: string) => blanks[name] as T;
    const [occasion, at] = [blank<Uint8Array>('occasion'), blank<number>('at')];
    const failures = (which: number, limit: number) =>
      query
        .selectFrom('failed_lookups')
        .select(({ fn }) => fn.countAll<number>().as('failures'))
        .where('subject', '=', blank<Uint8Array>(`subject ${which}`))
        .where('occasion', '<>', occasion)
        .where('at', '>=', blank<number>(`since ${which} ${limit}`))
        .where('at', '<=', at);
    const counts = shape.flatMap((limits, which) => [...Array(limits).keys()].map((limit) => [which, limit] as const));
    return query
      .insertInto('failed_lookups')
      .columns(['subject', 'occasion', 'at'])
      .expression(
        query
          .selectNoFrom(({ val }) => [
            val(blank<Uint8Array>('subject')).as('subject'),
            val(occasion).as('occasion'),
            val(at).as('at'),
          ])
          .where((where) =>
            where.and(
              counts.map(([which, limit]) =>
                where(failures(which, limit), '<', blank<number>(`most ${which} ${limit}`)),
              ),
            ),
          ),
      )
      .onConflict((conflict) =>
        // Counted already, and still a row that says so.
        conflict.columns(['subject', 'occasion']).doUpdateSet(({ ref }) => ({ at: ref('failed_lookups.at') })),
      );
  });
}
