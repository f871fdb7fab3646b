import { describe, expect, test } from 'vitest';
import type { LineEvent } from '../../src/simulator/telephone.ts';
import { asClock, hear, type OtherEnd, openingScene } from '../../src/simulator/terminal/scene.ts';

const sceneAfter = (...events: (LineEvent | OtherEnd)[]) => events.reduce(hear, openingScene([], 'the officer'));
const logAfter = (...events: (LineEvent | OtherEnd)[]) =>
  sceneAfter(...events).log.map(({ kind, text }) => `${kind}: ${text}`);

const says = (at: number, text: string, ms: number): LineEvent => ({
  at,
  type: 'says',
  text,
  language: 'id-ID',
  voice: 'v',
  ms,
});
const listens = (at: number, digits: number | null = 1): LineEvent => ({
  at,
  type: 'listens',
  digits,
  finishOnKey: '#',
  ms: 5000,
});
const again = (at: number, digits: number | null = 1): LineEvent =>
  ({ ...listens(at, digits), again: true }) as LineEvent;
const key = (at: number, which: '1' | '2' | '#', heard = true): LineEvent => ({ at, type: 'key', key: which, heard });
const requests = (at: number): LineEvent => ({ at, type: 'requests', method: 'POST', url: 'http://x/turns/1' });
const ended = (at: number, by: 'caller' | 'application'): LineEvent => ({ at, type: 'ended', status: 'completed', by });

describe('what stays on the screen', () => {
  test('a sentence stays when it has been spoken to its end', () => {
    expect(logAfter(says(0, 'Selamat  datang\n di hotline', 2000), listens(2000))).toEqual([
      'heard: Selamat datang di hotline',
    ]);
  });

  test('a key that interrupts leaves the sentence cut after the words heard', () => {
    const events = [says(0, 'satu dua tiga empat', 4000), key(1500, '1')];
    expect(logAfter(...events, { at: 1500, type: 'interrupted' }, requests(1500))).toEqual([
      'heard: satu …',
      'caller: 1',
    ]);
  });

  test('the same when the line reports the interruption before the key', () => {
    const events: LineEvent[] = [says(0, 'satu dua tiga empat', 4000), { at: 1500, type: 'interrupted' }];
    expect(logAfter(...events, key(1500, '1'), requests(1500))).toEqual(['heard: satu …', 'caller: 1']);
  });

  test('a caller who hangs up in the middle of a sentence leaves it cut', () => {
    expect(logAfter(says(0, 'satu dua tiga empat', 4000), ended(1500, 'caller'))).toEqual(['heard: satu …']);
  });

  test('several keys of one question stand together', () => {
    const question = [listens(0, 16), key(500, '1'), again(500, 16), key(900, '2'), again(900, 16)];
    expect(sceneAfter(...question).typed).toBe('12');
    expect(logAfter(...question, requests(5900))).toEqual(['caller: 12']);
    expect(sceneAfter(...question, requests(5900)).typed).toBe('');
  });

  test('a question that nobody answers is a silence', () => {
    expect(logAfter(listens(0), says(5000, 'Halo?', 900))).toEqual(['caller: (silence)']);
  });

  test('hanging up at a question is not a silence, and no more is a question that is given up', () => {
    expect(logAfter(listens(0), ended(800, 'caller'))).toEqual([]);
    expect(logAfter(listens(0), { at: 800, type: 'interrupted' }, says(800, 'Halo?', 900))).toEqual([]);
  });

  test('a caller who has spoken is not told to have been silent', () => {
    const sentence: LineEvent = { at: 900, type: 'callerSays', text: 'my bill', ms: 800, heard: true };
    expect(logAfter(listens(0), sentence, again(1_700), requests(2_700))).toEqual(['caller: "my bill"']);
  });

  test('who is silent at the next question as well is told so twice', () => {
    expect(logAfter(listens(0), listens(5_000), requests(10_000))).toEqual(['caller: (silence)', 'caller: (silence)']);
  });

  test('a warning in the middle of a sentence waits for its end', () => {
    const warning: LineEvent = { at: 10, type: 'warning', code: 12200, message: 'Unknown verb', line: 3, column: 7 };
    expect(logAfter(warning)).toEqual(['warning: 12200 Unknown verb (3:7)']);
    expect(logAfter(says(0, 'Halo', 500), warning)).toEqual([]);
    expect(logAfter(says(0, 'Halo', 500), warning, requests(500))).toEqual([
      'heard: Halo',
      'warning: 12200 Unknown verb (3:7)',
    ]);
  });

  test('a key that nothing listens for is said to be lost', () => {
    expect(logAfter(key(0, '2', false))).toEqual(['note: key 2 not heard: nothing was listening']);
  });

  test('an officer who answers talks until the line says that it is over', () => {
    const dials: LineEvent = { at: 0, type: 'dials', to: '+62215550100', ms: 30_000 };
    const scene = sceneAfter(dials, { at: 900, type: 'dialAnswered', ms: 14_400_000 });
    expect(scene.doing).toEqual({ what: 'talking' });
    expect(hear(scene, { at: 9000, type: 'dialEnded', status: 'completed' }).log.map((entry) => entry.text)).toEqual([
      'the line dials +62215550100',
      'the officer answers',
      'the officer has hung up',
    ]);
  });

  test('an officer who stays away lets it ring on', () => {
    const dials: LineEvent = { at: 0, type: 'dials', to: '+62215550100', ms: 30_000 };
    const scene = sceneAfter(dials, { at: 900, type: 'officerStaysAway' });
    expect(scene.doing).toMatchObject({ what: 'ringing', until: 30_000, inVain: true });
    expect(hear(scene, { at: 30_000, type: 'dialEnded', status: 'no-answer' }).log.at(-1)?.text).toBe(
      'the officer does not answer',
    );
  });

  test('an officer who answers and is not connected does not take the call', () => {
    const dials: LineEvent = { at: 0, type: 'dials', to: '+62215550100', ms: 30_000 };
    const scene = sceneAfter(dials, { at: 8_000, type: 'dialEnded', status: 'no-answer', whisperedMs: 8_000 });
    expect(scene.log.at(-1)?.text).toBe('the officer does not take the call');
  });

  test('somebody who has picked up and is told who calls is no longer rung, and not connected yet', () => {
    const dials: LineEvent = { at: 0, type: 'dials', to: '+62215550100', ms: 30_000 };
    const scene = sceneAfter(dials, { at: 900, type: 'otherEndAnswers' });
    expect(scene.doing).toEqual({ what: 'talking', isApart: true });
    expect(hear(scene, { at: 8_000, type: 'dialAnswered', ms: 14_400_000 }).doing).toEqual({ what: 'talking' });
  });

  test('the last status callback does not reopen a call that is over', () => {
    expect(sceneAfter(ended(4000, 'application'), requests(4001)).doing.what).toBe('over');
  });
});

describe('speech, queues and messages', () => {
  test('a sentence of the caller stays, and one that nobody listened for is told as lost', () => {
    const sentence = { type: 'callerSays', text: 'my bill', ms: 900 } as const;
    expect(logAfter(listens(0), { at: 10, ...sentence, heard: true }, { at: 20, ...sentence, heard: false })).toEqual([
      'caller: "my bill"',
      'note: "my bill" not heard: nothing was listening for speech',
    ]);
  });

  test('a recording, a queue and another call are told while they last', () => {
    const records: LineEvent = { at: 0, type: 'records', finishOnKey: '#', ms: 5_000 };
    expect(sceneAfter(records).doing).toMatchObject({ what: 'recording', until: 5_000 });
    const queued: LineEvent = { at: 0, type: 'queued', where: 'support', position: 1 };
    expect(sceneAfter(queued).doing).toEqual({ what: 'inQueue', text: 'support' });
    const connected: LineEvent = { at: 1, type: 'connected', with: '+62811' };
    expect(logAfter(queued, connected, { at: 2, type: 'disconnected' })).toEqual([
      'note: connected with +62811',
      'note: no longer connected',
    ]);
    const message: LineEvent = { at: 3, type: 'message', from: '+62150', to: '+62811', body: 'hello' };
    expect(logAfter(message)).toEqual(['note: message to +62811: hello']);
  });
});

test('a clock shows minutes and seconds', () => {
  expect([0, 999, 61_000, 3_599_999].map(asClock)).toEqual(['0:00', '0:00', '1:01', '59:59']);
});
