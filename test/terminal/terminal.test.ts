import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { holdInTerminal } from '../../src/simulator/terminal.ts';
import { fakeKeyboard, fakeOutput, fakeTelephone } from './fakeTelephone.ts';

afterEach(() => void vi.useRealTimers());

/** A telephone in a terminal of 40 columns, whose clock the test sets. */
function inTerminal() {
  const line = fakeTelephone();
  const input = fakeKeyboard();
  const output = fakeOutput({ columns: 40, rows: 10 });
  const clock = { now: 0 };
  const held = holdInTerminal(line.telephone, {
    input,
    output,
    introduction: ['Dialling 1500400.'],
    colour: false,
    now: () => clock.now,
  });
  const type = (text: string) => input.emit('data', Buffer.from(text));
  return { ...line, input, output, clock, held, type };
}

const greeting = { type: 'says', text: 'Selamat datang', language: 'id-ID', voice: 'v', ms: 2000 } as const;
const menu = { type: 'listens', digits: 1, finishOnKey: '', ms: 5000 } as const;
const overByCaller = { type: 'ended', status: 'completed', by: 'caller' } as const;

describe('in a terminal', () => {
  test('a key reaches the telephone at once', async () => {
    const { type, done, happens, lastCallbackSent, held } = inTerminal();
    type('5#');
    expect(done).toEqual(['press 5', 'press #']);
    happens(10, overByCaller);
    lastCallbackSent();
    expect(await held).toBe('ended');
  });

  test('a sentence is typed where the status stood, and said with Enter', async () => {
    const { type, done, happens, lastCallbackSent, held, output } = inTerminal();
    happens(0, menu);
    type('sbill');
    expect(output.written.at(-1)).toContain('say: bill_');
    type('\r');
    expect(done).toEqual(['say bill']);
    happens(10, overByCaller);
    lastCallbackSent();
    await held;
  });

  test('officer letters act only while the officer is rung', async () => {
    const { type, done, happens, lastCallbackSent, held } = inTerminal();
    type('a');
    happens(0, { type: 'dials', to: '+62', ms: 30_000 });
    type('bn');
    expect(done).toEqual(['busy', 'no-answer']);
    lastCallbackSent();
    await held;
  });

  test('hanging up waits for the last status callback, then gives the terminal back', async () => {
    const { type, done, happens, lastCallbackSent, held, input, output, listeners } = inTerminal();
    happens(0, greeting);
    type('h');
    happens(900, overByCaller);
    expect(done).toEqual(['hang up']);
    expect(input.raw).toEqual([true]);
    lastCallbackSent();
    expect(await held).toBe('ended');
    expect(input.raw).toEqual([true, false]);
    expect(listeners.size).toBe(0);
    expect(output.written.at(-1)).toBe('\x1b[?25h');
    expect(output.written.join('')).toContain('· The call lasted 0:00; you hung up.');
  });

  test('a callback that does not come is waited for five seconds', async () => {
    vi.useFakeTimers();
    const { type, happens, held } = inTerminal();
    type('\x03');
    happens(0, overByCaller);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await held).toBe('ended');
  });

  test('a second Ctrl-C leaves at once', async () => {
    const { type, done, held, input } = inTerminal();
    type('\x03\x03');
    expect(await held).toBe('left');
    expect(done).toEqual(['hang up']);
    expect(input.raw).toEqual([true, false]);
  });

  test('Ctrl-C from outside hangs up too, and nothing stays behind in the process', async () => {
    const before = process.listenerCount('SIGINT');
    const { done, lastCallbackSent, held } = inTerminal();
    process.emit('SIGINT');
    expect(done).toEqual(['hang up']);
    lastCallbackSent();
    await held;
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  test('the sentence and the status line are drawn over in place', async () => {
    const { output, clock, happens, lastCallbackSent, held } = inTerminal();
    happens(0, greeting);
    expect(output.written.at(-1)).toContain('\x1b[K\n0:00  speaking  h hangs up\x1b[K\x1b[J');
    clock.now = 2000;
    happens(2000, menu);
    expect(output.written.at(-1)).toBe('\x1b[1A\r  Selamat datang\x1b[K\n0:02  listening  ██████   5 s\x1b[K\x1b[J');
    lastCallbackSent();
    await held;
  });
});

describe('on a pipe', () => {
  test('only what stays is printed, and each line of input answers one question', async () => {
    const line = fakeTelephone();
    const input = new PassThrough();
    const output = fakeOutput(undefined);
    const held = holdInTerminal(line.telephone, { input, output, introduction: ['Dialling.'], colour: false });
    const soon = () => new Promise((resolve) => setImmediate(resolve));
    input.end('12\n');
    await soon();
    line.happens(0, greeting);
    line.happens(2000, { ...menu, digits: 2 });
    await soon();
    line.happens(2000, { type: 'key', key: '1', heard: true });
    line.happens(2000, { ...menu, digits: 2, again: true });
    line.happens(2000, { type: 'key', key: '2', heard: true });
    line.happens(2000, { type: 'requests', method: 'POST', url: 'http://x/' });
    line.happens(2001, menu);
    await soon();
    expect(line.done).toEqual(['press 1', 'press 2', 'hang up']);
    line.happens(2001, overByCaller);
    line.lastCallbackSent();
    await held;
    expect(output.written.join('')).toBe('· Dialling.\n  Selamat datang\n> 12\n· The call lasted 0:02; you hung up.\n');
  });

  test('who has left a message waits out the silence after it, and hangs up at the next question', async () => {
    const line = fakeTelephone();
    const input = new PassThrough();
    const output = fakeOutput(undefined);
    const held = holdInTerminal(line.telephone, { input, output, introduction: [], colour: false });
    const soon = () => new Promise((resolve) => setImmediate(resolve));
    const records = { type: 'records', finishOnKey: '#', ms: 5_000 } as const;
    input.end('"call me"\n');
    await soon();
    line.happens(0, records);
    await soon();
    line.happens(0, { type: 'callerSays', text: 'call me', ms: 900, heard: true });
    line.happens(900, { ...records, again: true });
    await soon();
    expect(line.done).toEqual(['say call me']);
    line.happens(5_900, menu);
    await soon();
    expect(line.done).toEqual(['say call me', 'hang up']);
    line.happens(5_900, overByCaller);
    line.lastCallbackSent();
    await held;
  });
});
