import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, asked, between, isTurn, type Sent } from './between.ts';
import { copyHere, digitsIn, places, settingsFor, troublesIn } from './copies.ts';
import { otherwise, type Recorded } from './recordedCalls.ts';

type Copies = readonly [string, string];

/** How a carrier may bring a request a second time: both answers, the second of which is heard. */
const ways: Record<string, (copies: Copies, sent: Sent) => Promise<Answer[]>> = {
  'one after the other': async ([one], sent) => [await asked(one, sent), await asked(one, sent)],
  'at the same moment': ([one], sent) => Promise.all([asked(one, sent), asked(one, sent)]),
  'to another copy, when the answer of the first was lost': async ([one, other], sent) => [
    await asked(one, sent),
    await asked(other, sent),
  ],
  'to another copy, while the first one is still at it': ([one, other], sent) =>
    Promise.all([asked(one, sent), asked(other, sent)]),
};

/** Tells that these calls go as recorded, whoever is asked twice. */
export function goAsRecordedWhenDeliveredTwice(calls: readonly Recorded[]): void {
  describe.each(Object.keys(places) as (keyof typeof places)[])('calls on %s', (kind) => {
    let [line, copies, lines]: [Awaited<ReturnType<typeof between>>, Copies, string[][]] = [] as never;
    const newPlace = places[kind];
    beforeAll(async () => {
      line = await between();
      const settings = settingsFor(line.url, await newPlace());
      const [one, other] = [await copyHere(settings), await copyHere(settings)];
      copies = [one.url, other.url];
      lines = [one.lines, other.lines];
    });

    test.each(Object.keys(ways))('of which every webhook is delivered twice, %s, go as recorded', async (way) => {
      const unlike: Sent[] = [];
      let compared = 0;
      line.deliverBy(async (sent) => {
        const [one, other] = (await ways[way]!(copies, sent)) as [Answer, Answer];
        if (isTurn(sent)) compared += 1;
        if (isTurn(sent) && one.body !== other.body) unlike.push(sent);
        return other;
      });
      const wrong = await otherwise(calls, line.url);
      expect(troublesIn(lines.flat())).toEqual([]);
      expect(wrong).toEqual([]);
      expect(unlike).toEqual([]);
      expect(compared).toBeGreaterThan(calls.length * 5);
      expect(digitsIn(lines.flat())).toEqual([]);
    });
  });
}
