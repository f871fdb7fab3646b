import { expect, test } from 'vitest';
import { noteCalls, outlast } from '../../src/simulator/callsBeside.ts';
import { virtualClock } from '../../src/simulator/clock.ts';
import { enlist, network } from '../../src/simulator/network.ts';
import { fakeTelephone } from '../terminal/fakeTelephone.ts';

const never = new Promise<void>(() => {});

/** A person whose own call is over, while the application still calls somebody. */
function aCallBeside() {
  const clock = virtualClock(0);
  const exchange = network({ clock });
  const notes: string[] = [];
  noteCalls(exchange, (text) => notes.push(text));
  const beside = fakeTelephone();
  enlist(exchange, { ...beside.telephone, to: '+62811' });
  const stay = (leave = never) => {
    let isOver = false;
    const staying = outlast(exchange, (text) => notes.push(text), leave).then(() => {
      isOver = true;
    });
    return {
      staying,
      until: () =>
        clock.until(
          () => isOver,
          () => () => {},
        ),
    };
  };
  return { ...beside, exchange, clock, notes, stay };
}

const waiting = 'the application’s call to +62811 goes on: waiting a minute for its end; Ctrl-C leaves';
const says = { type: 'says', text: 'Your turn\n now', language: 'en-US', voice: 'man', ms: 1_000 } as const;
const over = { type: 'ended', status: 'completed', by: 'application' } as const;

test('whom the application calls, and what they hear, is noted', () => {
  const { happens, notes } = aCallBeside();
  happens(0, { type: 'answered' });
  happens(0, says);
  happens(0, { type: 'warning', code: 12200, message: 'so' });
  happens(1_000, over);
  expect(notes).toEqual([
    'the application calls +62811',
    '+62811 answers',
    '+62811 hears: Your turn now',
    'the call to +62811: 12200 so',
    'the call to +62811 is over: completed',
  ]);
});

test('a person whose own call is over stays until that of the application is over and told', async () => {
  const { happens, lastCallbackSent, notes, stay, done } = aCallBeside();
  const { staying } = stay();
  expect(notes.at(-1)).toBe(waiting);
  happens(0, over);
  lastCallbackSent();
  await staying;
  expect(done).toEqual([]);
});

test('a call that does not end is hung up after a minute, and its callback waited for five seconds', async () => {
  const { stay, done, clock } = aCallBeside();
  await stay().until();
  expect(done).toEqual(['hang up']);
  expect(clock.now()).toBe(65_000);
});

test('Ctrl-C leaves at once', async () => {
  const { stay, clock } = aCallBeside();
  await stay(Promise.resolve()).staying;
  expect(clock.now()).toBe(0);
});

test('nobody waits, and nothing is said of it, where no such call goes on', async () => {
  const { happens, lastCallbackSent, notes, stay } = aCallBeside();
  happens(0, over);
  lastCallbackSent();
  await stay().staying;
  expect(notes).not.toContain(waiting);
});
