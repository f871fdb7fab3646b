import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallerInput, SpokenTurn } from '../../src/call/turn.ts';

/** A channel as every one is tried: what its carrier would send, and what it makes of it. */
export type ChannelOnTrial = {
  /** A request in which a caller did this, as the carrier sends and signs it. */
  sent(callId: string, caller: string, input: CallerInput): { form: Record<string, string>; signature: string };
  verify(form: Record<string, string>, signature: string): boolean;
  parse(form: Record<string, string>): { callId: string; caller: string; input: CallerInput };
  render(turn: SpokenTurn): string;
  /** An id as the carrier gives it to a call, and the address of a turn as it stands in an answer. */
  callId: string;
  turnUrl(turn: number): string;
};

const inputs: [string, CallerInput][] = [
  ['a key', { keys: '1', finishedByHash: false }],
  ['star', { keys: '*', finishedByHash: false }],
  ['a number ended with hash', { keys: '0009999000017', finishedByHash: true }],
  ['hash alone', { keys: '', finishedByHash: true }],
  ['nothing', { keys: '', finishedByHash: false }],
  ['a talk with an officer', { transferAnswered: true }],
  ['an officer who did not pick up', { transferAnswered: false }],
];

const rests: SpokenTurn['then'][] = [
  { listen: { for: 'key', seconds: 8 } },
  { listen: { for: 'number', digits: 16, firstWithin: 8, nextWithin: 5 } },
  { transfer: { to: 'officer', ringSeconds: 30 } },
  { wait: true },
  { hangUp: true },
];

const turns = fc.record({
  say: fc.array(
    fc.record({
      text: fc.stringMatching(/^[A-Za-z0-9 .,]{1,60}$/),
      language: fc.constantFrom('id' as const, 'en' as const),
    }),
  ),
  then: fc.constantFrom(...rests),
  nextTurn: fc.integer({ min: 1, max: 9_999 }),
});

/** What every channel must do, whoever carries it. */
export function carriesCalls(name: string, channel: ChannelOnTrial): void {
  const { callId, sent, verify, parse, render, turnUrl } = channel;
  describe(`the channel ${name}`, () => {
    test.each(inputs)('hears %s', (_, input) => {
      const { form, signature } = sent(callId, '+6281200000001', input);
      expect(verify(form, signature)).toBe(true);
      expect(parse(form)).toMatchObject({ callId, caller: '+6281200000001', input });
    });

    test('believes nobody who changes a request, or has not signed it', () => {
      const { form, signature } = sent(callId, '+6281200000001', { keys: '1', finishedByHash: false });
      expect(verify({ ...form, From: '+6281200000002' }, signature)).toBe(false);
      expect(verify(form, '')).toBe(false);
    });

    test('says every sentence, in order, and goes on at the next turn or not at all', () => {
      fc.assert(
        fc.property(turns, (turn) => {
          const answer = render(turn);
          let from = 0;
          for (const { text } of turn.say) {
            from = answer.indexOf(text, from);
            expect(from).toBeGreaterThanOrEqual(0);
            from += text.length;
          }
          expect(answer.includes(turnUrl(turn.nextTurn))).toBe(!('hangUp' in turn.then));
        }),
      );
    });

    test('gives the same answer for the same turn', () => {
      fc.assert(fc.property(turns, (turn) => render(turn) === render(structuredClone(turn))));
    });
  });
}
