import type { FromPage, ToPage } from '../talk.ts';
import { after, type HeldCall, hungUp } from './heldCall.ts';

/** The telephone as the page knows it: the call in the hand, if there is one, and whether the server is there. */
export type LineState = { call: HeldCall | null; isLost: boolean };

/** A telephone over a socket that is taken up again whenever it breaks. */
export type LineClient = {
  subscribe(changed: () => void): () => void;
  state(): LineState;
  call(from: string | null): void;
  press(key: string): void;
  officer(how: 'answers' | 'busy' | 'no-answer'): void;
  hangUp(): void;
  copy(): void;
};

type Numbered = Extract<FromPage, { n: number }>;
type Unnumbered<G> = G extends Numbered ? Omit<G, 'n'> : never;

const SILENCE_MS = 5_000;
const AGAIN_MS = 500;
/** A server that is started anew may take so long; a line that lives on waits a shorter time for its page. */
const GIVE_UP_MS = 30_000;

/** The telephone of this page; nothing is connected before the first call. */
export function lineClient(address: URL): LineClient {
  const listeners = new Set<() => void>();
  let state: LineState = { call: null, isLost: false };
  let socket: WebSocket | null = null;
  let lostAt: number | null = null;
  let lastHeard = 0;
  // What the server needs to hear, and what it has told: both are taken up where they were when the socket breaks.
  let unanswered: Numbered[] = [];
  let gestures = 0;
  let arrived = 0;
  let baton: string | null = null;
  // A call that was dialled, until the line has answered: a socket that has died takes what is sent, and loses it.
  let wanted: FromPage | null = null;

  const become = (next: Partial<LineState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const send = (message: FromPage) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const isCalling = () => state.call !== null && state.call.doing.what !== 'over';

  const reached = (taken: number) => {
    unanswered = unanswered.filter(({ n }) => n > taken);
  };
  const hear = (message: ToPage) => {
    lastHeard = performance.now();
    if ('display' in message || 'inside' in message || 'baton' in message) arrived += 1;
    if ('line' in message || 'fault' in message) wanted = null;
    if ('baton' in message) baton = message.baton;
    if ('display' in message) reached(message.display.taken);
    if ('line' in message) {
      const { is, gestures: taken } = message.line;
      if (is !== 'resumed') arrived = 0;
      reached(taken);
      for (const gesture of unanswered) send(gesture);
      lostAt = null;
    }
    if ('fault' in message && message.fault === 'gone') lostAt = null;
    become({ call: after(state.call, message, performance.now()), isLost: lostAt !== null });
  };

  const connect = () => {
    if (socket) return;
    socket = new WebSocket(address);
    lastHeard = performance.now();
    socket.onopen = () => {
      const { call } = state;
      if (wanted) send(wanted);
      else if (call) send({ do: 'resume', ticket: call.ticket, arrived, baton });
    };
    socket.onmessage = ({ data }) => hear(JSON.parse(data));
    socket.onclose = ended;
  };
  const ended = () => {
    socket = null;
    if (!isCalling() && !wanted) return;
    lostAt ??= performance.now();
    if (performance.now() - lostAt > GIVE_UP_MS) {
      lostAt = null;
      wanted = null;
      return become({ call: state.call && hungUp(state.call, performance.now()), isLost: false });
    }
    become({ isLost: true });
    setTimeout(connect, AGAIN_MS);
  };
  setInterval(() => {
    if (!socket || !(isCalling() || wanted) || performance.now() - lastHeard < SILENCE_MS) return;
    // A socket that has died without a word closes late; it is given up now.
    const dead = socket;
    dead.onclose = null;
    dead.onmessage = null;
    dead.close();
    ended();
  }, 1_000);

  const make = (gesture: Unnumbered<Numbered>) => {
    if (!isCalling()) return;
    const numbered = { ...gesture, n: ++gestures } as Numbered;
    unanswered.push(numbered);
    send(numbered);
  };

  return {
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    state: () => state,
    call(from) {
      [unanswered, gestures, arrived, baton] = [[], 0, 0, null];
      become({ call: null });
      wanted = { do: 'call', from };
      if (socket?.readyState !== WebSocket.OPEN) return connect(); // and says so as soon as it is open
      send(wanted);
    },
    press: (key) => make({ do: 'press', key }),
    officer: (how) => make({ do: 'officer', how }),
    hangUp: () => make({ do: 'hangUp' }),
    copy: () => send({ do: 'copy' }),
  };
}
