import type { CallStore, RecentCall } from '../call/callStore.ts';
import type { Database } from '../database/database.ts';
import { type Seal, Unsealed } from '../database/seal.ts';
import { callStatements } from './callStatements.ts';

type Row = { turn: number; state: Uint8Array | null };
type ListedRow = { call: string; state: Uint8Array | null; record: Uint8Array | null };

const recordLabel = (call: string) => `record of ${call}`;

/** Calls in the table `calls`: their states sealed, and once they are over nothing but a record, sealed as well. */
export function storedCalls({ prepare, read, write, erase }: Database, seal: Seal, now: () => Date): CallStore {
  const { select, insert, update, end, endAfter, recent, goingOn, forget, forgetCalls, forgetRecords } =
    callStatements(prepare);

  /** A state that was damaged is forgotten: its caller begins again, like a stranger. */
  async function opened(call: string, { turn, state }: Row) {
    if (state === null) return 'over';
    try {
      return { turn, state: seal.open(state, call) };
    } catch {
      await write([forget({ call })]);
      return null;
    }
  }

  /** A call that cannot be read any more is not listed. */
  function listed({ call, state, record }: ListedRow): RecentCall[] {
    try {
      if (state !== null) return [{ callId: call, state: seal.open(state, call) }];
      return [{ callId: call, record: record && seal.open(record, recordLabel(call)) }];
    } catch {
      return [];
    }
  }

  return {
    async load(call) {
      const [row] = await read(select({ call }));
      return row ? opened(call, row) : null;
    },
    async save(call, turn, state, after) {
      const row = { call, turn, state: new Unsealed(seal, state, call), at: now().getTime() };
      const [saved] = await write([after === null ? insert(row) : update({ ...row, after })]);
      return saved === 1;
    },
    async end(call, record, after) {
      const sealed = record === undefined ? null : new Unsealed(seal, record, recordLabel(call));
      const row = { call, at: now().getTime(), record: sealed };
      const [ended] = await write([after === undefined ? end(row) : endAfter({ ...row, after })]);
      return ended === 1;
    },
    async recent(most) {
      return (await read(recent({ most }))).flatMap(listed);
    },
    async goingOn(since) {
      const [row] = await read(goingOn({ since: since.getTime() }));
      return Number(row!.calls);
    },
    async forgetBefore({ calls, records }) {
      const forgotten = await erase([
        forgetCalls({ when: calls.getTime() }),
        forgetRecords({ when: records.getTime() }),
      ]);
      return forgotten.reduce((sum, rows) => sum + rows, 0);
    },
  };
}
