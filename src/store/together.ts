import type { DatabaseSync } from 'node:sqlite';
import { inOneGo } from './inOneGo.ts';
import { isLocked, patiently } from './patiently.ts';

/** Does a piece of writing; it is on the disk when the promise resolves. Rejects with what the work threw. */
export type Write = <Result>(work: () => Result) => Promise<Result>;

type Piece = { work: () => unknown; resolve: (result: never) => void; reject: (error: unknown) => void };

/**
 * Writes of many calls at once, put on the disk together: a disk takes as long for one as for fifty. Whatever asks to be
 * written while the requests at hand are looked at goes into one transaction, each piece after the other.
 */
export function together(db: DatabaseSync): Write {
  let waiting: Piece[] = [];

  async function writeDown(pieces: readonly Piece[]): Promise<void> {
    try {
      const results = await patiently(() => inOneGo(db, () => pieces.map(({ work }) => work())));
      for (const [index, { resolve }] of pieces.entries()) resolve(results[index] as never);
    } catch (error) {
      // Nobody shall suffer from another one's fault: each piece is tried alone. A lock is nobody's, and was waited for.
      if (pieces.length > 1 && !isLocked(error)) for (const piece of pieces) await writeDown([piece]);
      else for (const { reject } of pieces) reject(error);
    }
  }

  function writeAll(): void {
    const pieces = waiting;
    waiting = [];
    void writeDown(pieces);
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      if (waiting.length === 1) setImmediate(writeAll);
    });
}
