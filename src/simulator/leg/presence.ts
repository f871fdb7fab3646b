import type { Todo } from '../courier/courier.ts';
import type { Happening, LineEvent } from '../telephone.ts';
import type { Hearing } from './hearing.ts';
import type { Waits } from './waits.ts';

/** How a call came to its end. */
export type Ending = Pick<Extract<LineEvent, { type: 'ended' }>, 'status' | 'by'>;

/** Why the running document is given up though the call is not over. */
type Away = { because: 'another document'; todo: Todo } | { because: 'somebody takes the call' | 'it leaves' };

/** Whether a call has been answered, whether it is over, and whether its running document is still to be performed. */
export type Presence = {
  answer(): void;
  isAnswered: boolean;
  end(ending: Ending): void;
  ending: Ending | null;
  /** Resolves when the call is over. */
  readonly over: Promise<void>;
  /** Gives up the running document: the call goes on elsewhere. */
  callAway(away: Away): void;
  away: Away | null;
  /** Where the call goes on has been seen to. */
  comeBack(): void;
  /** Whether the running document is to be performed no further. */
  isGone: boolean;
  /** Acts when the running document is given up, at once when it is already; returns how to call that off. */
  whenGone(act: () => void): () => void;
};

/** A leg that is present; what its document is doing is dropped at the moment it is given up. */
type Present = Presence &
  Pick<Waits, 'isWaiting' | 'cutShort'> &
  Pick<Hearing, 'ear' | 'speechEar'> & { happen(event: Happening): void };

/** How a call is there that nobody has answered. */
export function newPresence(leg: Present): Presence {
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  const leaving = new Set<() => void>();
  const leave = () => {
    for (const act of [...leaving]) act();
    leaving.clear();
  };
  return {
    ...{ isAnswered: false, ending: null, over, away: null, isGone: false },
    answer: () => answer(leg),
    end(how) {
      if (!end(leg, how)) return;
      leave();
      isOver();
    },
    callAway(where) {
      if (callAway(leg, where)) leave();
    },
    whenGone(act) {
      if (leg.isGone) act();
      else leaving.add(act);
      return () => leaving.delete(act);
    },
    comeBack() {
      if (leg.ending) return;
      leg.away = null;
      leg.isGone = false;
    },
  };
}

function answer(leg: Present): void {
  if (leg.isAnswered || leg.ending) return;
  leg.isAnswered = true;
  leg.happen({ type: 'answered' });
}

/** False when the call was over already. */
function end(leg: Present, how: Ending): boolean {
  if (leg.ending) return false;
  leg.ending = how;
  leg.isGone = true;
  // Who hangs up knows what they cut short.
  if (how.by !== 'caller' && leg.isWaiting) leg.happen({ type: 'interrupted' });
  leg.happen({ type: 'ended', ...how });
  drop(leg);
  return true;
}

/** False when the call was to go elsewhere already. */
function callAway(leg: Present, where: Away): boolean {
  const { ending, away } = leg;
  // A document that has been given to the call from outside goes before whatever else takes it away.
  if (ending || (away?.because === 'another document' && where.because !== 'another document')) return false;
  leg.away = where;
  leg.isGone = true;
  if (leg.isWaiting) leg.happen({ type: 'interrupted' });
  drop(leg);
  return true;
}

function drop(leg: Present): void {
  leg.ear = null;
  leg.speechEar = null;
  leg.cutShort();
}
