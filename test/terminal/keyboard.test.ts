import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type Gesture, gestureOf, keyboardOn } from '../../src/simulator/terminal/keyboard.ts';
import { fakeKeyboard } from './fakeTelephone.ts';

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

describe('a terminal', () => {
  const typing = (text: string) => {
    const input = fakeKeyboard();
    const gestures: Gesture[] = [];
    const keyboard = keyboardOn(input, (gesture) => gestures.push(gesture));
    input.emit('data', Buffer.from(text));
    keyboard.close();
    return { gestures, raw: input.raw };
  };

  test('the twelve keys act at once, without Enter', () => {
    expect(typing('0*#9').gestures).toEqual([{ press: '0' }, { press: '*' }, { press: '#' }, { press: '9' }]);
  });

  test('s begins a sentence, which Enter says and in which keys are letters', () => {
    const { gestures } = typing('sbil7\x7fl\r1');
    expect(gestures.filter((gesture) => typeof gesture === 'object' && !('draft' in gesture))).toEqual([
      { say: 'bill' },
      { press: '1' },
    ]);
    expect(gestures[3]).toEqual({ draft: 'bil' });
    expect(typing('s \r').gestures.at(-1)).toEqual({ draft: null });
    expect(typing('sh\x03').gestures.at(-1)).toBe('hangUp');
  });

  test('h, Ctrl-C and Ctrl-D hang up', () => {
    expect(typing('h\x03\x04').gestures).toEqual(['hangUp', 'hangUp', 'hangUp']);
  });

  test('an o puts the next key, or the hanging up, into the hand at the other end', () => {
    expect(typing('o1Ohox3').gestures).toEqual([{ otherEnd: '1' }, { otherEnd: 'hangUp' }, 'nothing', { press: '3' }]);
  });

  test('arrow and function keys press nothing', () => {
    const { gestures } = typing('\x1b[3~\x1b[1;5D\x1b[15~\x1bOP');
    expect(gestures.filter((gesture) => gesture !== 'nothing')).toEqual([]);
  });

  test('the terminal is given back as it was', () => {
    expect(typing('').raw).toEqual([true, false]);
  });

  test('a, b and n decide for the officer, in either case', () => {
    expect(gestureOf('b')).toEqual({ officer: { answers: false, because: 'busy' } });
    expect(gestureOf('N')).toEqual({ officer: { answers: false, because: 'no-answer' } });
    expect(gestureOf('A')).toMatchObject({ officer: { answers: true } });
  });
});

describe('a pipe', () => {
  const piped = () => {
    const input = new PassThrough();
    const gestures: Gesture[] = [];
    return { input, gestures, keyboard: keyboardOn(input, (gesture) => gestures.push(gesture)) };
  };

  test('each line answers one question, and when there are no more the next question hangs up', async () => {
    const { input, gestures, keyboard } = piped();
    input.end('1\n\n12#\n');
    await turnOfTheLoop();
    expect(gestures).toEqual([]);
    const perQuestion: Gesture[][] = [];
    for (let question = 0; question < 4; question++) {
      keyboard.asked(true);
      await turnOfTheLoop();
      keyboard.asked(false);
      perQuestion.push(gestures.splice(0));
    }
    expect(perQuestion).toEqual([[{ press: '1' }], [], [{ press: '1' }, { press: '2' }, { press: '#' }], ['hangUp']]);
  });

  test('a line that begins with a quotation mark is said', async () => {
    const { input, gestures, keyboard } = piped();
    input.write('"my bill"\n');
    keyboard.asked(true);
    await turnOfTheLoop();
    expect(gestures).toEqual([{ say: 'my bill' }]);
  });

  test('what means nothing is told, and the keys beside it act', async () => {
    const { input, gestures, keyboard } = piped();
    input.write('1 zy2\n');
    keyboard.asked(true);
    await turnOfTheLoop();
    expect(gestures).toEqual([{ unknown: 'zy' }, { press: '1' }, { press: '2' }]);
  });

  test('what the other end does stands behind an o', async () => {
    const { input, gestures, keyboard } = piped();
    input.write('o1o#oh2ox\n');
    keyboard.asked(true);
    await turnOfTheLoop();
    const known = [{ otherEnd: '1' }, { otherEnd: '#' }, { otherEnd: 'hangUp' }, { press: '2' }];
    expect(gestures).toEqual([{ unknown: 'ox' }, ...known]);
  });

  test('a line that comes while the question is open acts at once', async () => {
    const { input, gestures, keyboard } = piped();
    keyboard.asked(true);
    input.write('2\n');
    await turnOfTheLoop();
    expect(gestures).toEqual([{ press: '2' }]);
  });
});
