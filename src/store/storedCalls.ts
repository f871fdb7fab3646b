import type { DatabaseSync } from 'node:sqlite';
import type { CallStore, RecentCall } from '../call/callStore.ts';
import { patiently } from './patiently.ts';
import type { Seal } from './seal.ts';
import type { Write } from './together.ts';

type Row = { turn: number; state: Uint8Array | null };
type ListedRow = { call: string; state: Uint8Array | null; record: Uint8Array | null };

const recordLabel = (call: string) => `record of ${call}`;

/** Calls in the table `calls`: their states sealed, and once they are over nothing but a record, sealed as well. */
export function storedCalls(db: DatabaseSync, write: Write, seal: Seal, now: () => Date): CallStore {
  const select = db.prepare('SELECT turn, state FROM calls WHERE call = ?');
  const insert = db.prepare('INSERT INTO calls (turn, state, at, call) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const update = db.prepare(
    'UPDATE calls SET turn = ?, state = ?, at = ? WHERE call = ? AND turn = ? AND state NOT NULL',
  );
  const end = db.prepare(
    `INSERT INTO calls (turn, state, at, call, record) VALUES (-1, NULL, ?, ?, ?)
     ON CONFLICT DO UPDATE SET turn = -1, state = NULL, at = excluded.at, record = coalesce(record, excluded.record)`,
  );
  const recent = db.prepare('SELECT call, state, record FROM calls ORDER BY at DESC LIMIT ?');
  const goingOn = db.prepare('SELECT count(*) AS calls FROM calls WHERE at >= ? AND record IS NULL AND state NOT NULL');
  const forget = db.prepare('DELETE FROM calls WHERE call = ?');
  const forgetCalls = db.prepare('DELETE FROM calls WHERE at < ? AND record IS NULL');
  const forgetRecords = db.prepare('DELETE FROM calls WHERE at < ? AND record NOT NULL');

  /** A state that was damaged in the file is forgotten: its caller begins again, like a stranger. */
  function opened(call: string, { turn, state }: Row) {
    if (state === null) return 'over';
    try {
      return { turn, state: seal.open(state, call) };
    } catch {
      forget.run(call);
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
    load: (call) =>
      patiently(() => {
        const row = select.get(call) as Row | undefined;
        return row ? opened(call, row) : null;
      }),
    save(call, turn, state, after) {
      const row = [turn, seal.close(state, call), now().getTime(), call] as const;
      return write(() => (after === null ? insert.run(...row) : update.run(...row, after)).changes === 1);
    },
    end(call, record) {
      const sealed = record === undefined ? null : seal.close(record, recordLabel(call));
      return write(() => void end.run(now().getTime(), call, sealed));
    },
    recent: (most) => patiently(() => (recent.all(most) as ListedRow[]).flatMap(listed)),
    goingOn: (since) => patiently(() => (goingOn.get(since.getTime()) as { calls: number }).calls),
    forgetBefore: (limits) =>
      patiently(() => {
        const calls = forgetCalls.run(limits.calls.getTime()).changes;
        const records = forgetRecords.run(limits.records.getTime()).changes;
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // or what is forgotten would stay in the write-ahead log
        return Number(calls) + Number(records);
      }),
  };
}
