import fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, type HeldCall, hungUp } from '../../src/console/phone/heldCall.ts';
import { spokenSoFar } from '../../src/console/phone/spokenSoFar.ts';
import type { Doing, Inside, ToPage } from '../../src/console/talk.ts';

type LineMessage = Extract<ToPage, { line: object }>['line'];
const line = (is: LineMessage['is'], ticket: string): ToPage => ({
  line: { ticket, from: '+6281200000001', to: '+621500400', is, gestures: 0 },
});
const display = (at: number, text: string, doing: Doing = { what: 'waiting' }): ToPage => ({
  display: { at, entries: [{ kind: 'heard', text }], doing, typed: '12', taken: 1 },
});
const told = (messages: readonly ToPage[], now = 1_000) =>
  messages.reduce<HeldCall | null>((call, message) => after(call, message, now), null)!;

test('a page without a call hears nothing before it has a line', () => {
  expect(told([{ alive: true }, display(0, 'lost'), { fault: 'gone' }])).toBeNull();
});

test('what is heard stays in order, and the call counts from the moment of dialling', () => {
  const call = told([line('new', 'a'), display(100, 'one'), display(400, 'two')]);
  expect(call.entries.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(call).toMatchObject({ ticket: 'a', typed: '12', dialledAt: 600, doing: { what: 'waiting' } });
});

test.each(['resumed', 'restarted'] as const)('a call that is %s keeps what was heard, under its new ticket', (is) => {
  const call = told([line('new', 'a'), display(100, 'one'), line(is, 'b'), display(200, 'two')]);
  expect(call).toMatchObject({ ticket: 'b', entries: [{ text: 'one' }, { text: 'two' }] });
});

test('a new call begins with an empty display', () => {
  expect(told([line('new', 'a'), display(100, 'one'), line('new', 'b')])).toMatchObject({ ticket: 'b', entries: [] });
});

test('turns and the copy of a call are kept with it', () => {
  const inside = { url: '/voice' } as Inside;
  expect(told([line('new', 'a'), { inside }, { copy: '> dials' }])).toMatchObject({
    turns: [inside],
    copied: '> dials',
  });
});

test('a call whose line is gone is over, and one that was over stays as it ended', () => {
  expect(told([line('new', 'a'), { fault: 'gone' }]).doing).toEqual({
    what: 'over',
    at: 0,
    status: 'failed',
    by: 'carrier',
  });
  const doing = { what: 'over', at: 7, status: 'completed', by: 'caller' } as const;
  expect(hungUp(told([line('new', 'a'), display(7, 'bye', doing)]), 5_000).doing).toEqual(doing);
});

test('a message that a page does not understand changes nothing', () => {
  const call = told([line('new', 'a')]);
  expect(after(call, { fault: 'not understood' }, 2_000)).toBe(call);
  expect(after(call, { alive: true }, 2_000)).toBe(call);
});

const speaking = (text: string, ms: number): Doing => ({ what: 'speaking', text, language: 'id-ID', since: 500, ms });

test('a sentence is shown word by word while it is spoken: the first at once, and all of it in the end', () => {
  const sentence = speaking('satu dua tiga empat', 1_000);
  const shown = [0, 500, 751, 1_250, 1_500, 9_000].map((time) => spokenSoFar(sentence, time));
  expect(shown).toEqual(['satu', 'satu', 'satu dua', 'satu dua tiga', 'satu dua tiga empat', 'satu dua tiga empat']);
});

test('what is shown of a sentence is its beginning, at any moment and however short it is', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(5_000),
      fc.integer({ min: -1_000, max: 9_000 }),
      (text, ms, time) => void expect(text.startsWith(spokenSoFar(speaking(text, ms), time))).toBe(true),
    ),
  );
});

test('a sound is shown as a note, and silence as nothing', () => {
  expect(spokenSoFar({ what: 'playing', text: 'a.wav', since: 0, ms: 10 }, 5)).toBe('♪');
  expect(spokenSoFar({ what: 'dialling' }, 5)).toBe('');
});
