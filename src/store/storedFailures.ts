import type { DatabaseSync } from 'node:sqlite';
import type { Counted, FailedLookups } from '../membership/failedLookups.ts';
import { patiently } from './patiently.ts';
import type { Seal } from './seal.ts';
import type { Write } from './together.ts';

/** Failed lookups in the table `failed_lookups`, their subjects and occasions hashed. */
export function storedFailures(db: DatabaseSync, write: Write, seal: Seal): FailedLookups {
  // What lies ahead of now was written by a clock that was wrong, and does not count.
  const count = db.prepare(
    'SELECT count(*) AS failures FROM failed_lookups WHERE subject = ? AND occasion <> ? AND at BETWEEN ? AND ?',
  );
  const insert = db.prepare(
    'INSERT INTO failed_lookups (subject, occasion, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const release = db.prepare('DELETE FROM failed_lookups WHERE occasion = ?');
  const forgetBefore = db.prepare('DELETE FROM failed_lookups WHERE at < ?');

  const mayFail = ({ subject, limits }: Counted, occasion: Uint8Array, at: Date) =>
    limits.every(({ since, most }) => {
      const row = count.get(seal.hash(subject), occasion, since.getTime(), at.getTime()) as { failures: number };
      return row.failures < most;
    });

  return {
    reserve(counted, name, at) {
      const occasion = seal.hash(name);
      return write(() => {
        if (!counted.every((one) => mayFail(one, occasion, at))) return false;
        for (const { subject } of counted) insert.run(seal.hash(subject), occasion, at.getTime());
        return true;
      });
    },
    release: (name) => write(() => void release.run(seal.hash(name))),
    forgetBefore: (when) => patiently(() => Number(forgetBefore.run(when.getTime()).changes)),
  };
}
