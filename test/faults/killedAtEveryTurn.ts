import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Dice, diceOf } from '../../src/membership/dice.ts';
import { type Answer, asked, between, isTurn, type Sent } from './between.ts';
import { digitsIn, type MortalCopy, mortalCopy, places, settingsFor } from './copies.ts';
import { otherwise, type Recorded } from './recordedCalls.ts';

/** A turn that waits until every other call has one to wait with. */
type Waiting = { sent: Sent; hear(answer: Answer): void };

/** Asks until somebody answers, as the copies stand at that moment. */
async function askedUntilHeard(copy: () => MortalCopy, sent: Sent): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    try {
      return await asked(await copy().url(), sent);
    } catch (error) {
      if (tries === 50) throw error;
      await pause(20); // the copy was killed meanwhile, and the next one starts
    }
  }
}

/**
 * Calls that go on in step: when each of them has asked for its next turn, all are asked at once, and a copy is killed
 * while it takes them. Then each is asked again, of a copy that lives where there is one, and hears that answer.
 */
function inStep(copies: readonly MortalCopy[], calls: number, dice: Dice) {
  let [waiting, left]: [Waiting[], number] = [[], calls];
  const kept = { deaths: 0, answered: 0, lost: 0, unlike: [] as Sent[] };

  async function turn(): Promise<void> {
    const all = waiting;
    waiting = [];
    const dying = kept.deaths++ % copies.length;
    const copyFor = (nth: number) => copies[nth % copies.length]!;
    const first = all.map(async ({ sent }, nth) => asked(await copyFor(nth).url(), sent).catch(() => null));
    await pause(dice.between(0, 20 + all.length * 6));
    await copies[dying]!.kill();
    void copies[dying]!.startAgain();
    const before = await Promise.all(first);
    const again = async ({ sent, hear }: Waiting, nth: number) => {
      const answer = await askedUntilHeard(() => copyFor(dying + 1), sent);
      kept[before[nth] ? 'answered' : 'lost'] += 1;
      if (before[nth] && before[nth].body !== answer.body) kept.unlike.push(sent);
      hear(answer);
    };
    await Promise.all(all.map(again));
  }
  const goOn = () => void (left > 0 && waiting.length >= left && turn());
  return {
    kept,
    deliver: (sent: Sent) =>
      new Promise<Answer>((hear, fail) => {
        if (!isTurn(sent)) return askedUntilHeard(() => copies[0]!, sent).then(hear, fail);
        waiting.push({ sent, hear });
        goOn();
      }),
    onEnd() {
      left -= 1;
      goOn();
    },
  };
}

const howMany = { SQLite: 1, PostgreSQL: 2 };

/** Tells that these calls go as recorded, although a copy of the server is killed at every turn. */
export function goAsRecordedWhenKilled(calls: readonly Recorded[], tell: (figures: string) => void = () => {}): void {
  describe.each(Object.keys(places) as (keyof typeof places)[])('calls on %s', (kind) => {
    test('whose server is killed while it takes each of their turns go as recorded', { timeout: 300_000 }, async () => {
      const line = await between();
      const settings = settingsFor(line.url, await places[kind]());
      const copies: MortalCopy[] = [];
      for (let nth = 0; nth < howMany[kind]; nth++) copies.push(await mortalCopy(settings));
      const { deliver, onEnd, kept } = inStep(copies, calls.length, diceOf(1500400));
      line.deliverBy(deliver);
      expect(await otherwise(calls, line.url, { atOnce: calls.length, onEnd })).toEqual([]);
      expect(kept.unlike).toEqual([]);
      // A turn or two fewer than the longest call has lines: its caller hangs up, and officers answer.
      expect(kept.deaths).toBeGreaterThan(Math.max(...calls.map(({ acts }) => acts)) / 2);
      expect(kept.lost).toBeGreaterThan(0);
      expect(digitsIn(copies.flatMap(({ lines }) => lines))).toEqual([]);
      tell(`${kind}: ${kept.deaths} deaths; ${kept.lost} answers lost, ${kept.answered} given twice.`);
    });
  });
}
