import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { transcript } from '../../src/simulator/recorded/transcript.ts';
import { speechTime, spokenPart } from '../../src/simulator/sound/speechTime.ts';
import type { LineEvent } from '../../src/simulator/telephone.ts';
import { application, desk } from './application.ts';

const hotline = {
  '/voice': `<Response><Gather action="/number" timeout="3"><Say>Press a key and then another.</Say></Gather>
    <Redirect/></Response>`,
  '/number': '<Response><Say>Thank you for that.</Say><Redirect>/officer</Redirect></Response>',
  '/officer': '<Response><Say>Please hold.</Say><Dial>+62215550199</Dial><Say>Goodbye.</Say></Response>',
};

test('a slow network leaves no trace in a transcript', async () => {
  const app = await application(hotline);
  const phone = await dial(`${app.url}/voice`, desk);
  await phone.stayQuiet();
  await phone.interrupt('1', { after: 900 });
  await phone.officer('answers');
  await phone.waitUntilSilence();
  const { events } = phone.telephone;
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 900 })), (delays) => {
      expect(transcript(late(events, delays))).toEqual(phone.transcript);
    }),
  );
});

/** The same events, every answer of the application so many milliseconds late. */
function late(events: readonly LineEvent[], delays: fc.Stream<number>): LineEvent[] {
  let delay = 0;
  return events.map((event) => {
    const shifted = { ...event, at: event.at + delay };
    if (event.type === 'requests') delay += delays.next().value ?? 0;
    return shifted;
  });
}

test('what is heard of a sentence grows word by word, from nothing to all of it', () => {
  const words = fc.array(fc.stringMatching(/^[a-z0-9,.]{1,8}$/), { minLength: 1 }).map((list) => list.join(' '));
  fc.assert(
    fc.property(
      words,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (text, a, b) => {
        const [less, more] = [spokenPart(text, Math.min(a, b)), spokenPart(text, Math.max(a, b))];
        expect(text.startsWith(more)).toBe(true);
        expect(more.startsWith(less)).toBe(true);
        expect(spokenPart(text, 1)).toBe(text);
      },
    ),
  );
});

test('two texts take as long to say as both together', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(speechTime(`${one} ${other}`, 60)).toBe(speechTime(one, 60) + speechTime(other, 60));
    }),
  );
});
