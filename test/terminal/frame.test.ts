import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closingSentence,
  renderEntry,
  renderLive,
  renderStatus,
  widthOf,
  wrap,
} from '../../src/simulator/terminal/frame.ts';
import { type Doing, openingScene, type Scene } from '../../src/simulator/terminal/scene.ts';

const plain = { columns: 80, rows: 24, colour: false };
const narrow = { columns: 40, rows: 24, colour: false };
const sceneOf = (doing: Doing, typed = ''): Scene => ({ ...openingScene([], 'the officer'), doing, typed });
const menu: Doing = { what: 'listening', since: 10_000, until: 15_000, digits: 1, finishOnKey: '' };
const number: Doing = { ...menu, digits: 16, finishOnKey: '#' };
const officer: Doing = { what: 'ringing', since: 10_000, until: 40_000, inVain: false };

describe('the status line', () => {
  test('shows the clock, what the line does, and the time left to answer', () => {
    expect(renderStatus(sceneOf(menu), 12_000, plain)).toBe(
      '0:12  listening: press a key  ██████░░░░   3 s  h hangs up',
    );
  });

  test('the bar closes as time runs and never runs past its end', () => {
    const bars = [10_000, 12_500, 14_999, 15_000, 20_000].map((now) =>
      renderStatus(sceneOf(menu), now, plain).replace(/^.*key {2}| {2}h hangs up$/g, ''),
    );
    expect(bars).toEqual([
      '██████████   5 s',
      '█████░░░░░   3 s',
      '█░░░░░░░░░   1 s',
      '░░░░░░░░░░   0 s',
      '░░░░░░░░░░   0 s',
    ]);
  });

  test('shows the keys typed so far and how to end them', () => {
    expect(renderStatus(sceneOf(number, '0001'), 11_000, plain)).toBe(
      '0:11  listening: up to 16 keys, # ends  ████████░░   4 s  [0001]  h hangs up',
    );
  });

  test('says what the tester may decide for the officer', () => {
    expect(renderStatus(sceneOf(officer), 13_000, plain)).toBe(
      '0:13  ringing the officer…  a answers  b busy  n no answer  █████████░  27 s',
    );
    expect(renderStatus(sceneOf(officer), 13_000, narrow)).toBe('0:13  a answers b busy n no reply  27 s');
  });

  test('says what the tester may do where somebody has picked up and is told who calls', () => {
    const apart: Doing = { what: 'talking', isApart: true };
    expect(renderStatus(sceneOf(apart), 13_000, plain)).toBe(
      '0:13  picked up: o and a key press there  oh hangs up there',
    );
    expect(renderStatus(sceneOf(apart), 13_000, narrow)).toBe('0:13  o + key there');
  });

  test('keeps the seconds and the keys when there is little room', () => {
    expect(renderStatus(sceneOf(number, '000123'), 11_000, narrow)).toBe('0:11  listening  █████░   4 s  [000123]');
    expect(renderStatus(sceneOf(number, '00012345678901234567'), 11_000, narrow)).toBe(
      '0:11  █████░   4 s  […2345678901234567]',
    );
  });

  test('always fits, whatever the window', () => {
    const doings: Doing[] = [menu, number, officer, { what: 'waiting' }, { what: 'talking' }, { what: 'dialling' }];
    fc.assert(
      fc.property(
        fc.constantFrom(...doings),
        fc.integer({ min: 10, max: 200 }),
        fc.stringMatching(/^\d{0,40}$/),
        (doing, columns, typed) => {
          expect(widthOf(renderStatus(sceneOf(doing, typed), 12_000, { ...plain, columns }))).toBeLessThan(columns);
        },
      ),
    );
  });
});

describe('what is heard', () => {
  const sentence = 'Selamat datang di hotline. Tekan satu untuk status keanggotaan.';
  const speaking: Doing = { what: 'speaking', language: 'id-ID', text: sentence, since: 0, ms: 6000 };

  test('grows word by word above the status line', () => {
    expect(renderLive(sceneOf(speaking), 1000, plain)).toEqual(['  Selamat', '0:01  speaking  h hangs up']);
    expect(renderLive(sceneOf(speaking), 6000, narrow)).toEqual([
      '  Selamat datang di hotline. Tekan satu',
      '  untuk status keanggotaan.',
      '0:06  speaking  h hangs up',
    ]);
  });

  test('a key that nothing listens for is shown at once, under the sentence', () => {
    const held = [{ kind: 'note', text: 'key 2 not heard: nothing was listening' }] as const;
    expect(renderLive({ ...sceneOf(speaking), held }, 1000, plain)).toEqual([
      '  Selamat',
      '· key 2 not heard: nothing was listening',
      '0:01  speaking  h hangs up',
    ]);
  });

  test('shows the end of a sentence that is higher than the window', () => {
    expect(renderLive(sceneOf(speaking), 6000, { columns: 20, rows: 4, colour: false })).toEqual([
      '  satu untuk status',
      '  keanggotaan.',
      '0:06  speaking',
    ]);
  });

  test('has no colours unless they are wanted', () => {
    const warning = { kind: 'warning', text: '12200 Unknown verb (3:7)' } as const;
    expect(renderEntry(warning, plain)).toEqual(['! 12200 Unknown verb (3:7)']);
    expect(renderEntry(warning, { ...plain, colour: true })).toEqual(['\x1b[33m! 12200 Unknown verb (3:7)\x1b[39m']);
  });

  test('cannot move the cursor: control characters of an application never reach the terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const kind of ['heard', 'note', 'warning', 'caller'] as const) {
          expect(renderEntry({ kind, text }, plain).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
        const live = renderLive(sceneOf({ what: 'playing', text, since: 0, ms: 10 }), 5, { ...plain, columns: 500 });
        expect(live.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('wrapping', () => {
  test('no line is wider than its room, and no letter is lost', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 2, max: 60 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  test('wide letters count twice', () => {
    expect(widthOf('日本')).toBe(4);
    expect(wrap('日本日本', 4)).toEqual(['日本', '日本']);
  });
});

describe('the closing sentence', () => {
  test('says how long the call took and who ended it', () => {
    const over = { what: 'over', at: 83_000, status: 'completed' } as const;
    expect(closingSentence(sceneOf({ ...over, by: 'caller' }))).toBe('The call lasted 1:23; you hung up.');
    expect(closingSentence(sceneOf({ ...over, by: 'application', status: 'busy' }))).toBe(
      'The call was not connected: busy.',
    );
  });
});
