import { expect, test } from 'vitest';
import type { ToPage } from '../../src/console/talk.ts';
import { fakeHandset } from './fakePage.ts';

function heldBy(held = fakeHandset()) {
  const heard: ToPage[] = [];
  const wire = { send: (text: string) => void heard.push(JSON.parse(text)) };
  return { ...held, heard, wire };
}

const displays = (heard: readonly ToPage[]) =>
  heard.flatMap((message) => ('display' in message ? [message.display] : []));

test('a gesture that is sent twice counts once, and one that is late not at all', () => {
  const { hand, done } = heldBy();
  hand.take({ do: 'press', n: 1, key: '5' });
  hand.take({ do: 'press', n: 1, key: '5' });
  hand.take({ do: 'press', n: 3, key: '5' });
  hand.take({ do: 'press', n: 2, key: '6' });
  expect(done).toEqual(['press 5', 'press 5']);
});

test('a page is told which of its gestures have reached the line', () => {
  const { hand, happens, heard, wire } = heldBy();
  hand.connect(wire, 0, 'new');
  hand.take({ do: 'press', n: 1, key: '5' });
  happens(10, { type: 'key', key: '5', heard: true });
  expect(displays(heard)).toMatchObject([{ at: 10, typed: '5', taken: 1 }]);
  hand.connect(wire, 1, 'resumed');
  expect(heard.at(-1)).toMatchObject({ line: { is: 'resumed', gestures: 1 } });
});

test('a page that comes back hears what it has missed, in order and nothing twice', () => {
  const { hand, happens, heard, wire } = heldBy();
  hand.connect(wire, 0, 'new');
  happens(0, { type: 'warning', code: 1, message: 'a' });
  hand.disconnect();
  happens(1, { type: 'warning', code: 2, message: 'b' });
  hand.tell({ baton: 'sealed' });
  expect(heard).toHaveLength(2);
  hand.connect(wire, 1, 'resumed');
  expect(displays(heard).flatMap(({ entries }) => entries.map(({ text }) => text))).toEqual(['1 a', '2 b']);
  expect(heard.at(-1)).toEqual({ baton: 'sealed' });
});

test('who takes a telephone into the hand late hears the call from its beginning', () => {
  const held = fakeHandset();
  held.happens(0, { type: 'says', text: 'Halo.', language: 'id-ID', voice: 'v', ms: 500 });
  const { hand, heard, wire } = heldBy(held);
  hand.connect(wire, 0, 'new');
  expect(displays(heard)).toMatchObject([{ doing: { what: 'speaking', text: 'Halo.' } }]);
});

test.each([
  ['answers', 'officer answers'],
  ['busy', 'busy'],
  ['no-answer', 'no-answer'],
] as const)('the tester decides for the officer: %s', (how, decided) => {
  const { hand, done, happens } = heldBy();
  happens(0, { type: 'dials', to: '+15005550006', ms: 20_000 });
  hand.take({ do: 'officer', n: 1, how });
  expect(done).toEqual([decided]);
});

test('an officer who is left to ring is shown to ring in vain', () => {
  const { hand, happens, heard, wire } = heldBy();
  happens(0, { type: 'dials', to: '+15005550006', ms: 20_000 });
  hand.connect(wire, 0, 'new');
  hand.take({ do: 'officer', n: 1, how: 'no-answer' });
  expect(displays(heard).at(-1)).toMatchObject({ doing: { what: 'ringing', inVain: true } });
});

test('a call is over once its line is, and its length is known', () => {
  const { hand, happens } = heldBy();
  expect([hand.isOver, hand.lastedMs]).toEqual([false, 0]);
  happens(1_234, { type: 'ended', status: 'completed', by: 'caller' });
  expect([hand.isOver, hand.lastedMs]).toEqual([true, 1_234]);
});

test('a call is copied as a recorded test, with the day it was made on', () => {
  const { hand, happens, heard, wire } = heldBy();
  hand.connect(wire, 0, 'new');
  happens(0, { type: 'dialled', to: '+621500400' });
  happens(900, { type: 'ended', status: 'completed', by: 'caller' });
  hand.copy();
  const copy = heard.flatMap((message) => ('copy' in message ? [message.copy] : [])).join();
  expect(copy).toMatch(/^# A call\.\n# today: 2026-11-21\n> dials 1500400\n> hangs up/);
  hand.disconnect();
  hand.copy();
});
