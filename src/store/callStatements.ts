import type { Prepare } from '../database/database.ts';
import type { Unsealed } from '../database/seal.ts';

type Turn = { call: string; turn: number; state: Unsealed; at: number };
type End = { call: string; at: number; record: Unsealed | null };

/** What is asked of the table `calls`, and done to it. */
export const callStatements = (prepare: Prepare) => ({
  select: prepare((query, { call }: { call: string }) =>
    query.selectFrom('calls').select(['turn', 'state']).where('call', '=', call),
  ),
  insert: prepare((query, { call, turn, state, at }: Turn) =>
    query
      .insertInto('calls')
      .values({ call, turn, state, at })
      .onConflict((conflict) => conflict.doNothing()),
  ),
  update: prepare((query, { call, turn, state, at, after }: Turn & { after: number }) =>
    query
      .updateTable('calls')
      .set({ turn, state, at })
      .where('call', '=', call)
      .where('turn', '=', after)
      .where('state', 'is not', null),
  ),
  end: prepare((query, { call, at, record }: End) =>
    query
      .insertInto('calls')
      .values({ call, turn: -1, state: null, at, record })
      .onConflict((conflict) =>
        conflict
          .column('call')
          .doUpdateSet(({ ref }) => ({ turn: -1, state: null, at: ref('excluded.at'), record: ref('excluded.record') }))
          .where('calls.state', 'is not', null),
      ),
  ),
  endAfter: prepare((query, { call, at, record, after }: End & { after: number }) =>
    query
      .updateTable('calls')
      .set({ turn: -1, state: null, at, record })
      .where('call', '=', call)
      .where('turn', '=', after)
      .where('state', 'is not', null),
  ),
  recent: prepare((query, { most }: { most: number }) =>
    query.selectFrom('calls').select(['call', 'state', 'record']).orderBy('at', 'desc').limit(most),
  ),
  forget: prepare((query, { call }: { call: string }) => query.deleteFrom('calls').where('call', '=', call)),
  goingOn: prepare((query, { since }: { since: number }) =>
    query
      .selectFrom('calls')
      .select(({ fn }) => fn.countAll<number>().as('calls'))
      .where('at', '>=', since)
      .where('record', 'is', null)
      .where('state', 'is not', null),
  ),
  forgetCalls: prepare((query, { when }: { when: number }) =>
    query.deleteFrom('calls').where('at', '<', when).where('record', 'is', null),
  ),
  forgetRecords: prepare((query, { when }: { when: number }) =>
    query.deleteFrom('calls').where('at', '<', when).where('record', 'is not', null),
  ),
});
