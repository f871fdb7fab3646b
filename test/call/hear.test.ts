import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hear } from '../../src/call/hear.ts';
import type { Rest } from '../../src/call/turn.ts';

const menu: Rest = { listen: { for: 'key', seconds: 8 } };
const number: Rest = { listen: { for: 'number', digits: 16, firstWithin: 8, nextWithin: 5 } };
const ringing: Rest = { transfer: { to: 'officer', ringSeconds: 30 } };
const keys = (typed: string, finishedByHash = false) => ({ keys: typed, finishedByHash });
const card = '0009999000017';
const nik = '3201011708850001';

test.each([
  ['a key at a menu', menu, keys('3'), { type: 'key.3' }],
  ['star at a menu', menu, keys('*'), { type: 'key.star' }],
  ['hash at a menu', menu, keys('#'), { type: 'key.hash' }],
  ['no key at a menu', menu, keys(''), { type: 'silence' }],
  ['a card number ended with hash', number, keys(card, true), { type: 'number', digits: card }],
  ['a card number ended by waiting', number, keys(card), { type: 'number', digits: card }],
  ['a NIK, which ends by itself', number, keys(nik), { type: 'number', digits: nik }],
  ['a hash that the line counts as a digit', number, keys(`${card}#`), { type: 'number', digits: card }],
  ['nothing at all', number, keys(''), { type: 'silence' }],
  ['hash alone', number, keys('', true), { type: 'key.hash' }],
  ['a lone zero: an officer', number, keys('0', true), { type: 'key.0' }],
  ['a lone nine: again', number, keys('9'), { type: 'key.9' }],
  ['a lone eight: the other language', number, keys('8'), { type: 'key.8' }],
  ['a lone five: a number far too short', number, keys('5'), { type: 'number', digits: '5' }],
  ['a lone star: back', number, keys('*'), { type: 'key.star' }],
  ['a star after some digits, and a pause: asked again', number, keys('0009*'), { type: 'key.9' }],
  ['a star, then the number', number, keys(`*${card}`, true), { type: 'number', digits: card }],
  [
    'a star in the middle, and the line stops at sixteen keys',
    number,
    keys('0009*00099990000'),
    { unfinished: '00099990000' },
  ],
  ['an officer who talked', ringing, { transferAnswered: true }, { type: 'transferEnded', answered: true }],
  ['an officer who did not pick up', ringing, { transferAnswered: false }, { type: 'transferEnded', answered: false }],
  ['the end of a transfer that we did not order', menu, { transferAnswered: false }, { again: true }],
  ['keys while an officer is rung', ringing, keys('1'), { again: true }],
] as const)('%s', (_, rest, input, event) => {
  expect(hear(rest, '', input)).toEqual(event);
});

describe('a number begun again with star', () => {
  /** Types keys into a line that hands them over as soon as it has as many as we asked for, as the carrier does. */
  function typeInto(all: string) {
    let typed = '';
    let left = all;
    for (;;) {
      const taken = left.slice(0, 16 - typed.length);
      left = left.slice(taken.length);
      const full = taken.length === 16 - typed.length;
      const heard = hear(number, typed, keys(taken, !full));
      if (!('unfinished' in heard)) return heard;
      typed = heard.unfinished;
    }
  }

  test('is heard whole wherever the star is typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,15}$/), fc.constantFrom(card, nik), (wrong, right) => {
        expect(typeInto(`${wrong}*${right}`)).toEqual({ type: 'number', digits: right });
      }),
    );
  });

  test('is heard whole however many stars are typed', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^\d{0,15}$/)), (wrong) => {
        expect(typeInto([...wrong, nik].join('*'))).toEqual({ type: 'number', digits: nik });
      }),
    );
  });
});
