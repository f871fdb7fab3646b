import { EventEmitter, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Response } from 'express';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { RecordedCall } from '../../src/call/switchboard.ts';
import { callFeed } from '../../src/desk/feed.ts';
import { shownCall } from '../../src/desk/shownCall.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const call = (callId: string): RecordedCall => ({
  callId,
  record: {
    steps: [{ at: 5, did: 'begins', place: 'mainMenu.choosing', said: [] }],
    outcome: 'goingOn',
    beganAt: 5,
    endedAt: null,
    language: 'id',
    flowVersion: 'abcd1234',
  },
});

const always = () => true;

/** A browser that follows the list of calls. */
function follower() {
  const written: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    head: {} as unknown,
    writableLength: 0,
    writeHead(status: number, headers: object) {
      response.head = { status, ...headers };
    },
    write: (text: string) => void written.push(text),
    end: () => void written.push('end'),
  });
  return {
    response: response as unknown as Response & { head: unknown },
    written,
    leaves: () => response.emit('close'),
  };
}

test('who follows the list hears the latest calls at once, then each that changes', async () => {
  const { follow, changed } = callFeed(async () => [call('CA1')], shownCall);
  const { response, written } = follower();
  await follow(response, always);
  changed(call('CA2'));
  expect(response.head).toMatchObject({
    status: 200,
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
  });
  expect(written.shift()).toBe('retry: 1000\n\n');
  expect(written.map((text) => /^event: (\w+)\ndata: (.*)\n\n$/.exec(text)!.slice(1))).toEqual([
    ['calls', JSON.stringify([shownCall(call('CA1'))])],
    ['call', JSON.stringify(shownCall(call('CA2')))],
  ]);
});

test('what changes while the list is read is told too', async () => {
  const { promise, resolve } = Promise.withResolvers<RecordedCall[]>();
  const { follow, changed } = callFeed(() => promise, shownCall);
  const { response, written } = follower();
  const followed = follow(response, always);
  changed(call('CA2'));
  resolve([]);
  await followed;
  expect(written.slice(1).map((text) => text.split('\n')[0])).toEqual(['event: call', 'event: calls']);
});

test('who is gone hears nothing more, and nobody is told where nobody listens', async () => {
  const show = vi.fn(shownCall);
  const { follow, changed } = callFeed(async () => [], show);
  const { response, written, leaves } = follower();
  await follow(response, always);
  leaves();
  changed(call('CA1'));
  expect([written.length, show.mock.calls.length]).toEqual([2, 0]);
});

test('a connection is kept by a word every fifteen seconds, and closed with the server', async () => {
  const { follow, close } = callFeed(async () => [], shownCall);
  const { response, written } = follower();
  await follow(response, always);
  vi.advanceTimersByTime(30_000);
  close();
  vi.advanceTimersByTime(60_000);
  expect(written.slice(2)).toEqual([': still here\n\n', ': still here\n\n', 'end']);
});

test('who has logged out is told nothing more after the next such word', async () => {
  const { follow, changed } = callFeed(async () => [], shownCall);
  const { response, written } = follower();
  let isLoggedIn = true;
  await follow(response, () => isLoggedIn);
  vi.advanceTimersByTime(15_000);
  isLoggedIn = false;
  vi.advanceTimersByTime(15_000);
  changed(call('CA1'));
  expect(written.slice(2)).toEqual([': still here\n\n', 'end']);
});

test('a browser that reads nothing is let go before its news fill the memory', async () => {
  const { follow, changed, close } = callFeed(async () => [], shownCall);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  onTestFinished(() => {
    close();
    browser.destroy();
    server.close();
  });
  browser.write('GET /calls HTTP/1.1\r\nHost: console\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  await follow(response as Response, always);
  const long = {
    ...call('CA1'),
    record: { ...call('CA1').record, steps: Array(200).fill(call('CA1').record.steps[0]) },
  };
  let mostUnread = 0;
  for (let times = 0; times < 5_000 && !response.destroyed; times++) {
    changed(long);
    mostUnread = Math.max(mostUnread, response.writableLength);
  }
  expect(response.destroyed).toBe(true);
  expect(mostUnread).toBeLessThan(10_000_000);
});
