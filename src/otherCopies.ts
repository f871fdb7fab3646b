import type { News } from './database/database.ts';

/** The other copies of this server. */
export type OtherCopies = {
  /** A call has changed here. Nothing but its id is told. */
  changed(callId: string): void;
  close(): Promise<void>;
};

/** Changes are told together, so often at the most. */
const PAUSE_MS = 200;

/** Ids of 34 letters, in news of at most 8000 bytes. */
const MOST_IDS = 200;

/**
 * Tells other copies which calls change here, and is told which change there: null when some news may have been missed.
 * News that do not arrive are no harm: a call that goes on changes again, and lists are read from the database.
 */
export function otherCopies(news: News, changedThere: (callIds: ReadonlySet<string> | null) => void): OtherCopies {
  const here = bundled((callIds) => {
    for (let from = 0; from < callIds.length; from += MOST_IDS)
      news.callOut(callIds.slice(from, from + MOST_IDS).join(' ')).catch(() => {});
  });
  const there = bundled((callIds) => changedThere(new Set(callIds)));
  const stop = news.listen(
    (words) => words.split(' ').forEach(there.add),
    () => changedThere(null),
  );
  return {
    changed: here.add,
    async close() {
      here.close();
      there.close();
      await stop();
    },
  };
}

/** Hands on what comes in a while, together. */
function bundled(handOn: (callIds: string[]) => void) {
  const callIds = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return {
    add(callId: string) {
      callIds.add(callId);
      timer ??= setTimeout(() => {
        timer = undefined;
        const some = [...callIds];
        callIds.clear();
        handOn(some);
      }, PAUSE_MS).unref();
    },
    close: () => clearTimeout(timer),
  };
}
