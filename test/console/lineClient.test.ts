import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lineClient } from '../../src/console/phone/lineClient.ts';
import type { Doing, FromPage, ToPage } from '../../src/console/talk.ts';

/** A socket of a browser, whose other end is in the hand of the test. */
class FakeSocket {
  static OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: FromPage[] = [];
  onopen = () => {};
  onclose: (() => void) | null = () => {};
  onmessage: ((event: { data: string }) => void) | null = () => {};
  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.breaks();
  }
  opens() {
    this.readyState = 1;
    this.onopen();
    return this;
  }
  breaks() {
    this.readyState = 3;
    this.onclose?.();
  }
  says(...messages: ToPage[]) {
    for (const message of messages) this.onmessage?.({ data: JSON.stringify(message) });
  }
}

beforeEach(() => {
  FakeSocket.all = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const line = (ticket: string, is: 'new' | 'resumed' | 'restarted' = 'new', gestures = 0): ToPage => ({
  line: { ticket, from: '+6281200000001', to: '+621500400', is, gestures },
});
const display = (taken: number, doing: Doing = { what: 'waiting' }): ToPage => ({
  display: { at: 5, entries: [], doing, typed: '', taken },
});
const latest = () => FakeSocket.all.at(-1)!;

/** A page in a call. */
function calling() {
  const client = lineClient(new URL('ws://127.0.0.1/telephone'));
  client.call(null);
  latest().opens().says(line('a'));
  return { client, socket: latest() };
}

describe('the telephone of a page', () => {
  test('connects nothing before the first call, and what is pressed then is nothing', () => {
    const client = lineClient(new URL('ws://127.0.0.1/telephone'));
    client.press('1');
    client.copy();
    expect(FakeSocket.all).toEqual([]);
  });

  test('called twice before it is connected has one socket, and calls once', () => {
    const client = lineClient(new URL('ws://127.0.0.1/telephone'));
    client.call(null);
    client.call('+6281200000009');
    expect(FakeSocket.all).toHaveLength(1);
    expect(latest().opens().sent).toEqual([{ do: 'call', from: '+6281200000009' }]);
  });

  test('numbers every gesture, and calls again over the same socket from one on', () => {
    const { client, socket } = calling();
    client.press('1');
    client.officer('busy');
    client.hangUp();
    expect(socket.sent.slice(1).map((message) => 'n' in message && message.n)).toEqual([1, 2, 3]);
    socket.says(display(3, { what: 'over', at: 9, status: 'completed', by: 'caller' }));
    client.press('5');
    client.call(null);
    socket.says(line('b'));
    client.press('1');
    expect(socket.sent.slice(4)).toEqual([
      { do: 'call', from: null },
      { do: 'press', n: 1, key: '1' },
    ]);
  });

  test('tells who listens, until they no longer do', () => {
    const { client, socket } = calling();
    const changed = vi.fn();
    const stop = client.subscribe(changed);
    socket.says(display(0));
    stop();
    socket.says(display(0));
    expect(changed).toHaveBeenCalledTimes(1);
  });
});

describe('a connection that breaks', () => {
  test('is shown, taken up again, and sends again what nobody has heard', () => {
    const { client, socket } = calling();
    client.press('1');
    client.press('2');
    socket.says(display(1), { baton: 'sealed' });
    socket.breaks();
    client.press('3');
    expect(client.state().isLost).toBe(true);
    vi.advanceTimersByTime(500);
    const again = latest().opens();
    expect(again.sent).toEqual([{ do: 'resume', ticket: 'a', arrived: 2, baton: 'sealed' }]);
    again.says(line('a', 'resumed', 2));
    expect(client.state().isLost).toBe(false);
    expect(again.sent.slice(1)).toEqual([{ do: 'press', n: 3, key: '3' }]);
  });

  test('to a server that was started anew begins to count what arrives from there', () => {
    const { client, socket } = calling();
    socket.says(display(0), display(0));
    socket.breaks();
    vi.advanceTimersByTime(500);
    latest().opens().says(line('b', 'restarted'), display(0));
    latest().breaks();
    vi.advanceTimersByTime(500);
    expect(latest().opens().sent).toEqual([{ do: 'resume', ticket: 'b', arrived: 1, baton: null }]);
    expect(client.state().call?.ticket).toBe('b');
  });

  test('without a word is given up after five seconds of silence', () => {
    const { client, socket } = calling();
    vi.advanceTimersByTime(4_000);
    socket.says({ alive: true });
    vi.advanceTimersByTime(4_000);
    expect(client.state().isLost).toBe(false);
    vi.advanceTimersByTime(2_500);
    expect(client.state().isLost).toBe(true);
    expect(FakeSocket.all).toHaveLength(2);
    socket.says(display(0));
    expect(client.state().isLost).toBe(true);
  });

  test('for good ends the call after half a minute', () => {
    const { client, socket } = calling();
    socket.breaks();
    for (let seconds = 0; seconds < 32; seconds++) {
      if (latest().readyState === 0) latest().breaks();
      vi.advanceTimersByTime(1_000);
    }
    expect(client.state()).toMatchObject({ isLost: false, call: { doing: { what: 'over', status: 'failed' } } });
    expect(vi.getTimerCount()).toBe(1);
  });

  test('over which the call is gone ends it, and is no longer lost', () => {
    const { client, socket } = calling();
    socket.breaks();
    vi.advanceTimersByTime(500);
    latest().opens().says({ fault: 'gone' });
    expect(client.state()).toMatchObject({ isLost: false, call: { doing: { what: 'over' } } });
  });

  test('when no call is on is not missed', () => {
    const { client, socket } = calling();
    socket.says(display(0, { what: 'over', at: 9, status: 'completed', by: 'application' }));
    socket.breaks();
    vi.advanceTimersByTime(60_000);
    expect(client.state().isLost).toBe(false);
    expect(FakeSocket.all).toHaveLength(1);
    client.call(null);
    expect(latest().opens().sent).toEqual([{ do: 'call', from: null }]);
  });

  test('unnoticed while no call was on loses no call: it is dialled again where somebody hears it', () => {
    const { client, socket } = calling();
    socket.says(display(0, { what: 'over', at: 9, status: 'completed', by: 'application' }));
    vi.advanceTimersByTime(60_000);
    client.call('+6281200000009');
    vi.advanceTimersByTime(2_000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(client.state().isLost).toBe(true);
    expect(latest().opens().sent).toEqual([{ do: 'call', from: '+6281200000009' }]);
    latest().says(line('b'));
    expect(client.state()).toMatchObject({ isLost: false, call: { ticket: 'b' } });
    latest().breaks();
    vi.advanceTimersByTime(500);
    expect(latest().opens().sent).toMatchObject([{ do: 'resume', ticket: 'b' }]);
  });

  test('before the line has answered is dialled again, and what cannot be dialled is not', () => {
    const client = lineClient(new URL('ws://127.0.0.1/telephone'));
    client.call(null);
    latest().opens().breaks();
    vi.advanceTimersByTime(500);
    expect(latest().opens().sent).toEqual([{ do: 'call', from: null }]);
    latest().says({ fault: 'not understood' });
    latest().breaks();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(2);
  });
});
