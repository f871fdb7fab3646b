import type { WebSocket } from 'ws';
import type { FromPage, ToPage } from '../console/talk.ts';
import { gestureIn } from './gestures.ts';
import type { Handset, Wire } from './handset.ts';

/** Makes a call for a page: a new one, or one that another server had begun; null where it cannot be taken up. */
export type Call = (wish: { from: string | null } | { baton: string }) => Handset | null;

/** The sockets of all pages that hold a telephone. */
export type Telephones = {
  /** A page has connected; it is asked at every beat whether it may stay. */
  open(socket: WebSocket, mayStay: () => boolean): void;
  /** The server stops: pages are told, and their calls are left as they are, for the next server to take up. */
  close(): void;
};

/** A page shows that it is still there every two seconds; who is silent for two beats, and five seconds more, hangs up. */
const BEAT_MS = 2_000;
const GRACE_MS = 5_000;

/** The codes with which a browser closes a socket on purpose: the tab was closed, or the page left. */
const onPurpose = new Set([1000, 1001]);
const SERVER_RESTARTS = 1012;

/** So long a page may take to say good-bye to a server that stops; one that is gone says nothing. */
const GOODBYE_MS = 1_000;

/** A telephone, the connection over which its page holds it, and when it hangs up if that was lost. */
type Kept = { handset: Handset; socket: WebSocket; lost: NodeJS.Timeout | null };

/** Answers the pages: each socket holds one telephone at a time, and a broken connection can be taken up again. */
export function telephones(call: Call): Telephones {
  const handsets = new Map<string, Kept>();
  const sockets = new Set<WebSocket>();

  const hangUp = (handset: Handset) => {
    handset.take({ do: 'hangUp', n: Number.MAX_SAFE_INTEGER });
    handsets.delete(handset.ticket);
  };
  const expectBack = (handset: Handset) => {
    const kept = handsets.get(handset.ticket);
    handset.disconnect();
    if (kept) kept.lost = setTimeout(() => hangUp(handset), GRACE_MS);
  };
  const fetchBack = (ticket: string) => {
    const kept = handsets.get(ticket);
    if (kept?.lost) clearTimeout(kept.lost);
    return kept?.handset ?? null;
  };

  return {
    open(socket, mayStay) {
      const wire: Wire = { send: (message) => socket.readyState === socket.OPEN && socket.send(message) };
      const tell = (message: ToPage) => wire.send(JSON.stringify(message));
      let ticket = '';
      // A page that came back over another connection holds its telephone by that one, however late this one closes.
      const held = () => {
        const kept = handsets.get(ticket);
        return kept?.socket === socket ? kept.handset : null;
      };
      const hold = (handset: Handset | null, arrived: number, is: 'new' | 'resumed' | 'restarted') => {
        if (!handset) return tell({ fault: 'gone' });
        ticket = handset.ticket;
        handsets.set(ticket, { handset, socket, lost: null });
        handset.connect(wire, arrived, is);
      };
      const letGo = () => {
        const handset = held();
        if (handset) hangUp(handset);
      };
      const obey = (message: FromPage) => {
        if (message.do === 'call') {
          letGo();
          hold(call({ from: message.from }), 0, 'new');
        } else if (message.do === 'resume') {
          if (message.ticket !== ticket) letGo();
          const same = fetchBack(message.ticket);
          if (same) hold(same, message.arrived, 'resumed');
          else hold(message.baton === null ? null : call({ baton: message.baton }), 0, 'restarted');
        } else if (message.do === 'copy') held()?.copy();
        else held()?.take(message);
      };
      sockets.add(socket);
      const stopBeating = keepAlive(socket, mayStay, () => tell({ alive: true }));
      socket.on('message', (data) => {
        const message = gestureIn(String(data));
        if (message) obey(message);
        else tell({ fault: 'not understood' });
      });
      socket.on('error', () => socket.terminate());
      socket.on('close', (code) => {
        stopBeating();
        sockets.delete(socket);
        const handset = held();
        if (onPurpose.has(code) || handset?.isOver) letGo();
        else if (handset) expectBack(handset);
      });
    },
    close() {
      for (const { lost } of handsets.values()) if (lost) clearTimeout(lost);
      handsets.clear();
      for (const socket of sockets) {
        socket.close(SERVER_RESTARTS, 'the server stops');
        setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
      }
    },
  };
}

/** Tells the page that the server is there, and ends the connection when the page is not, or may not be. */
function keepAlive(socket: WebSocket, mayStay: () => boolean, beat: () => void): () => void {
  let isThere = true;
  socket.on('pong', () => {
    isThere = true;
  });
  const timer = setInterval(() => {
    if (!isThere || !mayStay()) return socket.terminate();
    isThere = false;
    socket.ping();
    beat();
  }, BEAT_MS);
  return () => clearInterval(timer);
}
