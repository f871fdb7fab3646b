import { describe, expect, test } from 'vitest';
import { after, realClock, virtualClock } from '../../src/simulator/clock.ts';

const never = () => () => {};

describe('the virtual clock', () => {
  test('jumps from alarm to alarm, in order of time and then of setting', async () => {
    const clock = virtualClock(0);
    const rung: [string, number][] = [];
    const alarm = (name: string, ms: number) => clock.sleep(ms).then(() => rung.push([name, clock.now()]));
    void alarm('second', 500);
    void alarm('third', 500);
    void alarm('first', 20);
    void alarm('hours later', 3_600_000);
    await clock.until(() => rung.length === 4, never);
    expect(rung).toEqual([
      ['first', 20],
      ['second', 500],
      ['third', 500],
      ['hours later', 3_600_000],
    ]);
  });

  test('brings what is to be done after a while, unless it is called off before', async () => {
    const clock = virtualClock(0);
    const done: string[] = [];
    const callOff = after(clock, 20, () => done.push('called off'));
    after(clock, 30, () => done.push('done'));
    await clock.until(() => clock.now() === 0, never);
    callOff();
    await clock.until(() => done.length > 0, never);
    expect(done).toEqual(['done']);
  });

  test('stands still while nobody waits for anything', async () => {
    const clock = virtualClock(7);
    void clock.sleep(10);
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.now()).toBe(7);
  });

  test('stands still while work of the world outside is under way', async () => {
    const clock = virtualClock(0);
    const order: string[] = [];
    const { promise: answer, resolve: arrive } = Promise.withResolvers<void>();
    void clock.standStill(() => answer).then(() => order.push(`answer at ${clock.now()}`));
    void clock.sleep(1).then(() => order.push(`alarm at ${clock.now()}`));
    for (let turns = 0; turns < 5; turns++) setImmediate(() => turns === 4 && arrive());
    await clock.until(() => order.length === 2, never);
    expect(order).toEqual(['answer at 0', 'alarm at 1']);
  });

  test('does not stop in the middle of what a chain of promises still does at the same moment', async () => {
    const clock = virtualClock(0);
    let steps = 0;
    void (async () => {
      await clock.sleep(5);
      for (; steps < 50; steps++) await null;
    })();
    void clock.sleep(6);
    await clock.until(() => clock.now() === 5, never);
    expect([steps, clock.now()]).toEqual([50, 5]);
  });

  test('lets a sleeper go at once when it is no longer needed', async () => {
    const clock = virtualClock(0);
    const cut = new AbortController();
    const slept = clock.sleep(1_000, cut.signal);
    cut.abort();
    await slept;
    expect(clock.now()).toBe(0);
    await expect(clock.until(() => false, never)).rejects.toThrow('Nothing more can happen');
  });
});

describe('the real clock', () => {
  test('lets a sleeper go at once when it is no longer needed', async () => {
    const cut = new AbortController();
    const slept = realClock().sleep(60_000, cut.signal);
    cut.abort();
    await slept;
    await realClock().sleep(60_000, cut.signal);
  });

  test('waits until it is told that something has become so', async () => {
    let isSo = false;
    let tell = () => {};
    const waiting = realClock().until(
      () => isSo,
      (changed) => {
        tell = changed;
        return () => {};
      },
    );
    tell();
    isSo = true;
    tell();
    await waiting;
    await realClock().until(() => true, never);
  });
});
