/** Work that many ask for at the same time, and that takes hardly longer for all of them than for one. */
export type Together<Piece, Result> = {
  /** Resolves with what came of this piece, or rejects with why nothing did. */
  ask(piece: Piece): Promise<Result>;
  /** Resolves when nothing is waiting or being done any more. */
  done(): Promise<void>;
};

type Waiting<Piece, Result> = { piece: Piece; settle: PromiseWithResolvers<Result> };

/**
 * What comes while `atOnce` batches are being done waits, and is then done together, `most` pieces at a time. `work`
 * answers what came of each piece, in their order; where it rejects, nothing came of any.
 */
export function together<Piece, Result>(
  work: (pieces: readonly Piece[]) => Promise<(Result | Error)[]>,
  { atOnce = 1, most = Number.POSITIVE_INFINITY } = {},
): Together<Piece, Result> {
  let waiting: Waiting<Piece, Result>[] = [];
  let hands = 0;
  let nobodyIsAtWork = Promise.withResolvers<void>();

  async function doSome(): Promise<void> {
    const some = waiting.slice(0, most);
    waiting = waiting.slice(most);
    try {
      const results = await work(some.map(({ piece }) => piece));
      for (const [index, { settle }] of some.entries()) {
        const result = results[index]!;
        if (result instanceof Error) settle.reject(result);
        else settle.resolve(result);
      }
    } catch (error) {
      for (const { settle } of some) settle.reject(error);
    }
  }

  /** What comes in the same moment goes together. Whoever finds nothing more to do leaves at once: others may come. */
  async function lendAHand(): Promise<void> {
    hands += 1;
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await doSome();
    hands -= 1;
    if (hands > 0) return;
    nobodyIsAtWork.resolve();
    nobodyIsAtWork = Promise.withResolvers();
  }

  return {
    ask(piece) {
      const settle = Promise.withResolvers<Result>();
      waiting.push({ piece, settle });
      if (hands < atOnce) lendAHand();
      return settle.promise;
    },
    async done() {
      while (hands > 0) await nobodyIsAtWork.promise;
    },
  };
}
