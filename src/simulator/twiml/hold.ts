import type { Leg } from '../leg/leg.ts';
import { longestCallMs } from '../leg/longestCall.ts';

/** What is played to who waits, and what is told with every request for it; null is silence. */
type Hold = {
  where: string;
  url: string | null;
  method: 'GET' | 'POST';
  position(): number;
  form?: () => Record<string, string>;
  verbs: readonly string[];
  /** The carrier's warning for a verb that is none of these. */
  misplacedCode?: number;
  /** What is played is followed by silence, and does not begin anew. */
  playedOnce?: boolean;
};

/** What a document may do for who waits in a queue. */
export const queueVerbs = ['Say', 'Play', 'Pause', 'Gather', 'Redirect', 'Hangup', 'Leave'];
/** What a document may do for who waits for a conference, or is about to be connected. */
export const noticeVerbs = ['Say', 'Play', 'Pause', 'Redirect'];

const mostIdlePasses = 10;

/** Plays the document for who waits until the call goes elsewhere, once or again; false when it cannot be had. */
export async function hold(
  leg: Leg,
  { where, url, method, position, form, verbs, misplacedCode, playedOnce }: Hold,
): Promise<boolean> {
  const waits = { type: 'queued', where } as const;
  if (url === null) {
    await leg.wait(longestCallMs, { ...waits, position: position() });
    return true;
  }
  leg.happen({ ...waits, position: position() });
  for (let idle = 0; !leg.isGone; ) {
    const before = leg.waitedMs;
    const couldBeHad = await leg.follow(
      leg,
      { url, method, form: {} },
      { verbs, isAside: true, ...(misplacedCode && { misplacedCode }), ...(form && { form }) },
    );
    if (leg.isGone) break;
    if (!couldBeHad) return false;
    idle = leg.waitedMs === before ? idle + 1 : 0;
    // A document in which nothing takes time is not asked for again for ever.
    const rests = playedOnce || idle > mostIdlePasses;
    await leg.wait(rests ? longestCallMs : 0, { ...waits, position: position(), again: true });
  }
  return true;
}
