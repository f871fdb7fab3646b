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

/** What is given up with a document: whatever runs at that moment. */
type Running = { readonly isWaiting: boolean; drop(): void };

type Happen = (event: Happening) => void;

/** A call that nobody has answered; whatever its document is doing is dropped at the moment it is given up. */
export function newPresence(happen: Happen, running: Running): Presence {
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  const state: State = { isAnswered: false, ending: null, away: null, gone: Promise.withResolvers() };
  return {
    over,
    get isAnswered() {
      return state.isAnswered;
    },
    get ending() {
      return state.ending;
    },
    get away() {
      return state.away;
    },
    get isGone() {
      return state.ending !== null || state.away !== null;
    },
    get gone() {
      return state.gone.promise;
    },
    answer: () => answer(state, happen),
    end(how) {
      if (end(state, how, happen, running)) isOver();
    },
    callAway: (where) => callAway(state, where, happen, running),
    comeBack: () => comeBack(state),
  };
}

type State = { isAnswered: boolean; ending: Ending | null; away: Away | null; gone: PromiseWithResolvers<void> };

function answer(state: State, happen: Happen): void {
  if (state.isAnswered || state.ending) return;
  state.isAnswered = true;
  happen({ type: 'answered' });
}

/** False when the call was over already. */
function end(state: State, how: Ending, happen: Happen, running: Running): boolean {
  if (state.ending) return false;
  state.ending = how;
  // Who hangs up knows what they cut short.
  if (how.by !== 'caller' && running.isWaiting) happen({ type: 'interrupted' });
  happen({ type: 'ended', ...how });
  leave(state, running);
  return true;
}

function callAway(state: State, where: Away, happen: Happen, running: Running): void {
  const { ending, away } = state;
  // A document that has been given to the call from outside goes before whatever else takes it away.
  if (ending || (away?.because === 'another document' && where.because !== 'another document')) return;
  state.away = where;
  if (running.isWaiting) happen({ type: 'interrupted' });
  leave(state, running);
}

function leave(state: State, running: Running): void {
  running.drop();
  state.gone.resolve();
}

function comeBack(state: State): void {
  if (state.ending) return;
  state.away = null;
  state.gone = Promise.withResolvers();
}
