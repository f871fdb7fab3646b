import type { Todo } from './courier.ts';
import type { Happening, LineEvent } from './telephone.ts';

/** How a call came to its end. */
export type Ending = Pick<Extract<LineEvent, { type: 'ended' }>, 'status' | 'by'>;

/** Why the running document is given up though the call is not over. */
type Away = { because: 'another document'; todo: Todo } | { because: 'somebody takes the call' | 'it leaves' };

/** Whether a call has been answered, whether it is over, and whether its running document is still to be performed. */
export type Presence = {
  answer(): void;
  readonly isAnswered: boolean;
  end(ending: Ending): void;
  readonly ending: Ending | null;
  /** Resolves when the call is over. */
  readonly over: Promise<void>;
  /** Gives up the running document: the call goes on elsewhere. */
  callAway(away: Away): void;
  readonly away: Away | null;
  /** Where the call goes on has been seen to. */
  comeBack(): void;
  /** Whether the running document is to be performed no further. */
  readonly isGone: boolean;
  /** Resolves when the running document is given up, at once when it is already. */
  readonly gone: Promise<void>;
};

/** A call that nobody has answered; `drop` lets go of whatever its document is doing at the moment it is given up. */
export function newPresence(happen: (event: Happening) => void, drop: () => void): Presence {
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  let gone = Promise.withResolvers<void>();
  let isAnswered = false;
  let ending: Ending | null = null;
  let away: Away | null = null;
  const leave = () => {
    drop();
    gone.resolve();
  };
  return {
    over,
    get isAnswered() {
      return isAnswered;
    },
    get ending() {
      return ending;
    },
    get away() {
      return away;
    },
    get isGone() {
      return ending !== null || away !== null;
    },
    get gone() {
      return gone.promise;
    },
    answer() {
      if (isAnswered || ending) return;
      isAnswered = true;
      happen({ type: 'answered' });
    },
    end(how) {
      if (ending) return;
      ending = how;
      happen({ type: 'ended', ...how });
      leave();
      isOver();
    },
    callAway(where) {
      // A document that has been given to the call from outside goes before whatever else takes it away.
      if (ending || (away?.because === 'another document' && where.because !== 'another document')) return;
      away = where;
      leave();
    },
    comeBack() {
      if (ending) return;
      away = null;
      gone = Promise.withResolvers();
    },
  };
}
