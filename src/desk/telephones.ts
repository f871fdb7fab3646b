import type { WebSocket } from 'ws';
import type { FromPage, ToPage } from '../console/talk.ts';
import { gestureIn } from './gestures.ts';
import type { Handset, Wire } from './handset.ts';

/** Makes a call for a page: a new one, or one that another server had begun; null where it cannot be taken up. */
export type Call = (wish: { from: string | null } | { baton: string }) => Handset | null;

/** The sockets of all pages that hold a telephone. */
export type Telephones = {
  /** A page has connected. */
  open(socket: WebSocket): void;
  /** The server stops: pages are told, and their calls are left as they are, for the next server to take up. */
  close(): void;
};

/** A page shows that it is still there every two seconds; who is silent for two beats, and five seconds more, hangs up. */
const BEAT_MS = 2_000;
const GRACE_MS = 5_000;

/** The codes with which a browser closes a socket on purpose: the tab was closed, or the page left. */
const onPurpose = new Set([1000, 1001]);
const SERVER_RESTARTS = 1012;

/** Answers the pages: each socket holds one telephone at a time, and a broken connection can be taken up again. */
export function telephones(call: Call): Telephones {
  const handsets = new Map<string, { handset: Handset; lost: NodeJS.Timeout | null }>();
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
    if (!kept) return null;
    if (kept.lost) clearTimeout(kept.lost);
    kept.lost = null;
    return kept.handset;
  };
  const begin = (handset: Handset | null) => {
    if (handset) handsets.set(handset.ticket, { handset, lost: null });
    return handset;
  };

  return {
    open(socket) {
      const wire: Wire = { send: (message) => socket.readyState === socket.OPEN && socket.send(message) };
      const tell = (message: ToPage) => wire.send(JSON.stringify(message));
      let held: Handset | null = null;
      const hold = (handset: Handset | null, arrived: number, is: 'new' | 'resumed' | 'restarted') => {
        held = handset;
        if (handset) handset.connect(wire, arrived, is);
        else tell({ fault: 'gone' });
      };
      const obey = (message: FromPage) => {
        if (message.do === 'call') {
          if (held) hangUp(held);
          hold(begin(call({ from: message.from })), 0, 'new');
        } else if (message.do === 'resume') {
          const same = fetchBack(message.ticket);
          if (same) hold(same, message.arrived, 'resumed');
          else hold(message.baton === null ? null : begin(call({ baton: message.baton })), 0, 'restarted');
        } else if (message.do === 'copy') held?.copy();
        else held?.take(message);
      };
      sockets.add(socket);
      const stopBeating = keepAlive(socket, () => tell({ alive: true }));
      socket.on('message', (data) => {
        const message = gestureIn(String(data));
        if (message) obey(message);
        else tell({ fault: 'not understood' });
      });
      socket.on('error', () => socket.terminate());
      socket.on('close', (code) => {
        stopBeating();
        sockets.delete(socket);
        if (!held) return;
        if (onPurpose.has(code) || held.isOver) hangUp(held);
        else expectBack(held);
      });
    },
    close() {
      for (const { lost } of handsets.values()) if (lost) clearTimeout(lost);
      handsets.clear();
      for (const socket of sockets) socket.close(SERVER_RESTARTS, 'the server stops');
    },
  };
}

/** Tells the page that the server is there, and ends the connection when the page is not. */
function keepAlive(socket: WebSocket, beat: () => void): () => void {
  let isThere = true;
  socket.on('pong', () => {
    isThere = true;
  });
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate();
    isThere = false;
    socket.ping();
    beat();
  }, BEAT_MS);
  return () => clearInterval(timer);
}
