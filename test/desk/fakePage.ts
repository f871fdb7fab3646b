import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { FromPage, ToPage } from '../../src/console/talk.ts';
import { type Handset, handset } from '../../src/desk/handset.ts';
import { type Call, telephones } from '../../src/desk/telephones.ts';
import { fakeTelephone } from '../terminal/fakeTelephone.ts';

/** A page's end of a socket: it says what the test says, and keeps what it hears. */
export function fakePage() {
  const heard: ToPage[] = [];
  const ends: string[] = [];
  let isThere = true;
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    send: (text: string) => void heard.push(JSON.parse(text)),
    ping: () => isThere && socket.emit('pong'),
    close: (code: number) => void ends.push(`closed with ${code}`),
    terminate() {
      ends.push('terminated');
      leave(1006);
    },
  });
  const leave = (code: number) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.readyState = 3;
    socket.emit('close', code);
  };
  return {
    socket: socket as unknown as WebSocket,
    heard,
    ends,
    leave,
    /** The page dies without a word: no pong comes any more. */
    dies() {
      isThere = false;
    },
    says: (message: FromPage | string) =>
      void socket.emit('message', typeof message === 'string' ? message : JSON.stringify(message)),
    line: () => heard.flatMap((message) => ('line' in message ? [message.line] : [])).at(-1)!,
    displayed: () =>
      heard.flatMap((message) => ('display' in message ? message.display.entries.map(({ text }) => text) : [])),
  };
}

/** A telephone of the tests in a handset, as a page is given it. */
export function fakeHandset() {
  const telephone = fakeTelephone();
  const about = { sentence: 'A call.', settings: { today: '2026-11-21' } };
  return { ...telephone, hand: handset(telephone.telephone, about) };
}

/** Telephones for pages; every call that a page makes is kept, with what its line was told. */
export function fakeTelephones(takesUp: (baton: string) => boolean = () => true) {
  const made: (ReturnType<typeof fakeHandset> & { wish: Parameters<Call>[0] })[] = [];
  const phones = telephones((wish): Handset | null => {
    if ('baton' in wish && !takesUp(wish.baton)) return null;
    const one = { ...fakeHandset(), wish };
    made.push(one);
    return one.hand;
  });
  const page = (mayStay = () => true) => {
    const one = fakePage();
    phones.open(one.socket, mayStay);
    return one;
  };
  const caller = (mayStay?: () => boolean) => {
    const one = page(mayStay);
    one.says({ do: 'call', from: null });
    return one;
  };
  return { phones, made, page, caller };
}
