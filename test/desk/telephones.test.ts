import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeTelephones } from './fakePage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a page that holds a telephone', () => {
  test('calls as whom it wants, and its keys reach the line in their order', () => {
    const { page, made } = fakeTelephones();
    const one = page();
    one.says({ do: 'call', from: '+6281200000009' });
    for (const [index, key] of ['1', '2', '#'].entries()) one.says({ do: 'press', n: index + 1, key });
    one.says({ do: 'hangUp', n: 4 });
    expect(made[0]!.wish).toEqual({ from: '+6281200000009' });
    expect(made[0]!.done).toEqual(['press 1', 'press 2', 'press #', 'hang up']);
    expect(one.line()).toMatchObject({ is: 'new', from: '+6281200000001', to: '+621500400', gestures: 0 });
  });

  test('and another one are two callers', () => {
    const { caller, made } = fakeTelephones();
    const [one, other] = [caller(), caller()];
    one.says({ do: 'press', n: 1, key: '1' });
    other.says({ do: 'press', n: 1, key: '2' });
    expect(made.map(({ done }) => done)).toEqual([['press 1'], ['press 2']]);
    expect(one.line().ticket).not.toBe(other.line().ticket);
  });

  test('and calls again has hung up before', () => {
    const { caller, made } = fakeTelephones();
    caller().says({ do: 'call', from: null });
    expect(made.map(({ done }) => done)).toEqual([['hang up'], []]);
  });

  test('and takes up another one has hung up before, and keeps the one that it takes up again', () => {
    const { caller, made } = fakeTelephones();
    const [one, lost] = [caller(), caller()];
    const { ticket } = lost.line();
    lost.leave(1006);
    one.says({ do: 'resume', ticket, arrived: 0, baton: null });
    one.says({ do: 'resume', ticket, arrived: 0, baton: null });
    vi.advanceTimersByTime(60_000);
    expect(made.map(({ done }) => done)).toEqual([['hang up'], []]);
  });

  test('without a call does nothing, and is told of what nobody understands', () => {
    const { page, made } = fakeTelephones();
    const one = page();
    one.says({ do: 'press', n: 1, key: '1' });
    one.says({ do: 'copy' });
    one.says('{"do":"dance"}');
    expect(made).toEqual([]);
    expect(one.heard).toEqual([{ fault: 'not understood' }]);
  });

  test('that its visitor has logged out of is cut off at the next beat, and hangs up', () => {
    const { caller, made } = fakeTelephones();
    let isLoggedIn = true;
    const page = caller(() => isLoggedIn);
    vi.advanceTimersByTime(20_000);
    expect(page.ends).toEqual([]);
    isLoggedIn = false;
    vi.advanceTimersByTime(2_000);
    expect(page.ends).toEqual(['terminated']);
    vi.advanceTimersByTime(5_000);
    expect(made[0]!.done).toEqual(['hang up']);
  });

  test.each([1000, 1001])('and closes its tab (%i) hangs up at once', (code) => {
    const { caller, made } = fakeTelephones();
    caller().leave(code);
    expect(made[0]!.done).toEqual(['hang up']);
  });
});

describe('a connection that is lost', () => {
  test('hangs up within ten seconds after the page has died without a word', () => {
    for (const moment of [0, 1_999, 2_000, 3_500]) {
      const { caller, made } = fakeTelephones();
      const page = caller();
      vi.advanceTimersByTime(20_000 + moment);
      expect(made[0]!.done).toEqual([]);
      page.dies();
      vi.advanceTimersByTime(10_000);
      expect(page.ends).toEqual(['terminated']);
      expect(made[0]!.done, `died ${moment} ms after a beat`).toEqual(['hang up']);
    }
  });

  test('hangs up five seconds after it broke, and once', () => {
    const { caller, made } = fakeTelephones();
    caller().leave(1006);
    vi.advanceTimersByTime(4_999);
    expect(made[0]!.done).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(made[0]!.done).toEqual(['hang up']);
  });

  test('is taken up again in that time: the page hears what it missed, and the call goes on', () => {
    const { caller, made, page } = fakeTelephones();
    const before = caller();
    made[0]!.happens(0, { type: 'warning', code: 1, message: 'heard' });
    before.leave(1006);
    made[0]!.happens(5, { type: 'warning', code: 2, message: 'missed' });
    vi.advanceTimersByTime(4_000);
    const after = page();
    after.says({ do: 'resume', ticket: before.line().ticket, arrived: 1, baton: null });
    expect(after.line()).toMatchObject({ is: 'resumed', ticket: before.line().ticket });
    expect(after.displayed()).toEqual(['2 missed']);
    after.says({ do: 'press', n: 1, key: '7' });
    vi.advanceTimersByTime(60_000);
    expect(made).toHaveLength(1);
    expect(made[0]!.done).toEqual(['press 7']);
  });

  test('that closes late, when its page is back over another one, takes nothing from it', () => {
    const { caller, made, page } = fakeTelephones();
    const before = caller();
    const after = page();
    after.says({ do: 'resume', ticket: before.line().ticket, arrived: 0, baton: null });
    before.leave(1006);
    made[0]!.happens(0, { type: 'warning', code: 1, message: 'heard' });
    vi.advanceTimersByTime(60_000);
    expect(after.displayed()).toEqual(['1 heard']);
    expect(made[0]!.done).toEqual([]);
    before.says({ do: 'call', from: null });
    expect(made[0]!.done).toEqual([]);
    after.leave(1001);
    expect(made[0]!.done).toEqual(['hang up']);
  });

  test('of a call that is over is not waited for', () => {
    const { caller, made, page } = fakeTelephones();
    const before = caller();
    made[0]!.happens(9, { type: 'ended', status: 'completed', by: 'application' });
    before.leave(1006);
    const after = page();
    after.says({ do: 'resume', ticket: before.line().ticket, arrived: 1, baton: null });
    expect(after.heard).toEqual([{ fault: 'gone' }]);
  });
});

describe('a page that comes from a server that stopped', () => {
  test('brings its call along, and all that is heard from then on', () => {
    const { page, made } = fakeTelephones();
    const one = page();
    one.says({ do: 'resume', ticket: 'of another server', arrived: 7, baton: 'sealed' });
    made[0]!.happens(0, { type: 'warning', code: 1, message: 'heard' });
    expect(made[0]!.wish).toEqual({ baton: 'sealed' });
    expect(one.line()).toMatchObject({ is: 'restarted', gestures: 0 });
    expect(one.displayed()).toEqual(['1 heard']);
  });

  test.each([null, 'forged'])('is told that its call is gone where it brings %s', (baton) => {
    const { page, made } = fakeTelephones(() => false);
    const one = page();
    one.says({ do: 'resume', ticket: 'of another server', arrived: 7, baton });
    expect(one.heard).toEqual([{ fault: 'gone' }]);
    expect(made).toEqual([]);
  });
});

test('a server that stops tells its pages, ends no call, and does not wait for a page that is gone', () => {
  const { phones, caller, made } = fakeTelephones();
  const [there, lost, polite] = [caller(), caller(), caller()];
  lost.leave(1006);
  phones.close();
  expect([there.ends, lost.ends, polite.ends]).toEqual([['closed with 1012'], [], ['closed with 1012']]);
  polite.leave(1012);
  vi.advanceTimersByTime(60_000);
  expect(there.ends).toEqual(['closed with 1012', 'terminated']);
  expect(made.map(({ done }) => done)).toEqual([[], [], []]);
});
