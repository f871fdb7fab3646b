import type { Response } from 'express';
import type { RecordedCall } from '../call/switchboard.ts';
import type { ShownCall } from '../console/talk.ts';

/** Tells everybody who looks at the list of calls what changes in it, as server-sent events. */
export type Feed = {
  /** A browser that wants to know: it is told the latest calls at once, and each change from then on, while it may stay. */
  follow(response: Response, mayStay: () => boolean): Promise<void>;
  changed(call: RecordedCall): void;
  /** Calls have changed on another copy of the server; null when nobody knows which. */
  changedElsewhere(callIds: ReadonlySet<string> | null): Promise<void>;
  close(): void;
};

const MOST_CALLS = 200;
const STILL_HERE_MS = 15_000;
/** So much may wait for a browser that does not read: the longest list of calls, and some. */
const MOST_UNREAD_BYTES = 8 * 2 ** 20;
/** So soon a browser that has lost us tries again. */
const COME_BACK_MS = 1_000;

/** A feed of calls; `show` makes of each what the page may see. */
export function callFeed(
  recent: (most: number) => Promise<RecordedCall[]>,
  show: (call: RecordedCall) => ShownCall,
): Feed {
  const followers = new Map<Response, () => boolean>();
  /** Who does not keep up, asleep perhaps, is let go: a browser comes back by itself, for the list as it is then. */
  function write(follower: Response, text: string): void {
    if (follower.writableLength <= MOST_UNREAD_BYTES) return void follower.write(text);
    followers.delete(follower);
    follower.destroy();
  }
  function letGo(follower: Response): void {
    followers.delete(follower);
    follower.end();
  }
  const news = (event: string, what: unknown) => `event: ${event}\ndata: ${JSON.stringify(what)}\n\n`;
  const heartbeat = setInterval(() => {
    for (const [follower, mayStay] of followers) {
      if (mayStay()) write(follower, ': still here\n\n');
      else letGo(follower);
    }
  }, STILL_HERE_MS).unref();

  function changed(call: RecordedCall): void {
    if (followers.size === 0) return;
    const text = news('call', show(call));
    for (const follower of followers.keys()) write(follower, text);
  }

  return {
    async follow(response, mayStay) {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      response.write(`retry: ${COME_BACK_MS}\n\n`);
      // Before the list is read, so that no change falls between the two; the page keeps the later of both.
      followers.set(response, mayStay);
      response.on('close', () => followers.delete(response));
      write(response, news('calls', (await recent(MOST_CALLS)).map(show)));
    },
    changed,
    async changedElsewhere(callIds) {
      if (followers.size === 0) return;
      const latest = await recent(MOST_CALLS);
      for (const call of latest.toReversed()) if (callIds?.has(call.callId) ?? true) changed(call);
    },
    close() {
      clearInterval(heartbeat);
      for (const follower of followers.keys()) letGo(follower);
    },
  };
}
