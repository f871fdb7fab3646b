import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCalls } from '../../src/console/calls/callList.ts';
import { between, lightOf, trailIn } from '../../src/console/map/trail.ts';
import type { ShownCall, ShownStep } from '../../src/console/talk.ts';

const step = (at: number, ...way: string[]): ShownStep => ({
  at,
  did: 'key.1',
  way,
  place: way.at(-1) ?? '',
  said: [],
});
const call = (id: string, endedAt: number | null, ...at: number[]): ShownCall => ({
  id,
  beganAt: at[0] ?? null,
  endedAt,
  language: 'id',
  flowVersion: null,
  outcome: endedAt === null ? 'goingOn' : 'contained',
  steps: at.map((one) => step(one)),
});

describe('the list of calls', () => {
  test('has live calls on top, and below them the others, the last to have changed first', () => {
    const told = [call('a', 10, 1), call('b', null, 2), call('c', 20, 3), call('d', null, 4)];
    expect(withCalls([], told).map(({ id }) => id)).toEqual(['d', 'b', 'c', 'a']);
  });

  test('takes each call as it was told last, and nothing that is older', () => {
    const list = withCalls([call('a', null, 1, 2)], [call('a', null, 1)]);
    expect(list[0]!.steps).toHaveLength(2);
    expect(withCalls(list, [call('a', 5, 1, 2)])).toEqual([call('a', 5, 1, 2)]);
    expect(withCalls([call('a', 5, 1, 2)], [call('a', null, 1, 2)])).toEqual([call('a', 5, 1, 2)]);
  });

  test('follows a call so long that it loses its middle', () => {
    const before = call('a', null, ...Array.from({ length: 100 }, (_, at) => at));
    const later = { ...before, steps: [...before.steps.slice(1), step(100)] };
    expect(withCalls([before], [later])[0]!.steps.at(-1)!.at).toBe(100);
  });

  test('has each call once and two hundred at the most, in whatever order it hears of them', () => {
    const some = fc.record({ id: fc.nat(400).map(String), endedAt: fc.option(fc.nat(99)), at: fc.array(fc.nat(99)) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 500 }), (all) => {
        const list = all.reduce<ShownCall[]>(
          (sum, { id, endedAt, at }) => withCalls(sum, [call(id, endedAt, ...at)]),
          [],
        );
        expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
        expect(list.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the trail of a call', () => {
  const steps = [step(1, 'menu.greet', 'menu.ask'), step(2, 'menu.ask', 'bill.find', 'bill.tell')];

  test('tells where the call stands, what the last turn passed, and what earlier ones did', () => {
    const trail = trailIn(steps);
    expect(trail.standsAt).toBe('bill.tell');
    expect(lightOf(trail, 'bill.find')).toBe('now');
    expect(lightOf(trail, between('menu.ask', 'bill.find'))).toBe('now');
    expect(lightOf(trail, 'menu.ask')).toBe('now');
    expect(lightOf(trail, 'menu.greet')).toBe('before');
    expect(lightOf(trail, between('menu.greet', 'menu.ask'))).toBe('before');
    expect(lightOf(trail, between('menu.ask', 'menu.greet'))).toBe('never');
  });

  test('of a call that has not begun, or of a turn whose way nobody knows, stands nowhere', () => {
    expect(trailIn([]).standsAt).toBeNull();
    expect(trailIn([...steps, step(3)])).toMatchObject({ standsAt: null, now: new Set() });
  });
});
