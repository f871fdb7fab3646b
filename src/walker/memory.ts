import type { CallStore } from '../call/callStore.ts';
import type { FailedLookups } from '../membership/failedLookups.ts';
import type { Failure, Stored } from './moment.ts';

/** Calls that are remembered for as long as a walk needs them. */
export type Memory = {
  calls: CallStore;
  /** The failed lookups that a call knows of: each call of a walk has a world of its own. */
  failuresOf(callId: string): FailedLookups;
  /** Puts a call where it was at a moment. */
  plant(callId: string, at: Stored): void;
  /** What was last written down of a call, also when it is over. */
  last(callId: string): Stored | null;
  /** What was written down of a call before that. */
  beforeLast(callId: string): Omit<Stored, 'failures'> | null;
  forget(callId: string): void;
};

type Row = { turn: number; state: string; over: boolean; before: Pick<Row, 'turn' | 'state'> | null };

/** A memory without a file, which keeps what it is given as JSON, as a database would. */
export function memory(): Memory {
  const rows = new Map<string, Row>();
  const failures = new Map<string, Failure[]>();

  const calls: CallStore = {
    async load(callId) {
      const row = rows.get(callId);
      if (!row) return null;
      return row.over ? 'over' : { turn: row.turn, state: JSON.parse(row.state) };
    },
    async save(callId, turn, state, after) {
      const row = rows.get(callId);
      const isAsLoaded = after === null ? !row : row?.turn === after && !row.over;
      if (isAsLoaded) rows.set(callId, { turn, state: JSON.stringify(state), over: false, before: row ?? null });
      return isAsLoaded;
    },
    async end(callId) {
      const isNew = rows.get(callId)?.over !== true;
      rows.set(callId, { turn: -1, state: 'null', before: null, ...rows.get(callId), over: true });
      return isNew;
    },
    recent: async () => [],
    goingOn: async () => 0,
    forgetBefore: async () => 0,
  };

  return {
    calls,
    failuresOf: (callId) => failedLookups(failures.getOrInsertComputed(callId, () => [])),
    plant(callId, { turn, state, failures: known }) {
      rows.set(callId, { turn, state: JSON.stringify(state), over: false, before: null });
      failures.set(callId, [...known]);
    },
    last(callId) {
      const row = rows.get(callId);
      const state = row && JSON.parse(row.state);
      return row && state && { turn: row.turn, state, failures: [...(failures.get(callId) ?? [])] };
    },
    beforeLast(callId) {
      const before = rows.get(callId)?.before;
      return before ? { turn: before.turn, state: JSON.parse(before.state) } : null;
    },
    forget(callId) {
      rows.delete(callId);
      failures.delete(callId);
    },
  };
}

function failedLookups(known: Failure[]): FailedLookups {
  const release = async (occasion: string) => {
    for (let index = known.length - 1; index >= 0; index--)
      if (known[index]!.occasion === occasion) known.splice(index, 1);
  };
  return {
    async reserve(counted, occasion, at) {
      const times = (subject: string, since: Date) =>
        known.filter((one) => one.subject === subject && one.occasion !== occasion && one.at >= since.getTime()).length;
      const mayFail = counted.every(({ subject, limits }) =>
        limits.every(({ since, most }) => times(subject, since) < most),
      );
      if (!mayFail) return false;
      await release(occasion);
      known.push(...counted.map(({ subject }) => ({ subject, occasion, at: at.getTime() })));
      return true;
    },
    release,
    forgetBefore: async () => 0,
  };
}
