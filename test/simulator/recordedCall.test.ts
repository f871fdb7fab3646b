import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { placeCall } from '../../src/simulator/line.ts';
import { type Act, writeAct } from '../../src/simulator/recorded/act.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall, type RecordedLine, recordCall } from '../../src/simulator/recorded/recordedCall.ts';
import { speechTime } from '../../src/simulator/sound/speechTime.ts';
import type { Key, Telephone } from '../../src/simulator/telephone.ts';
import { application, desk } from './application.ts';
import { pass } from './pass.ts';

const hotline = {
  '/voice': `<Response><Gather action="/chosen" numDigits="1" timeout="3">
    <Say language="id-ID">Selamat datang di layanan ini.</Say><Pause/><Say language="en-US">For English, press 8.</Say>
    </Gather><Say language="id-ID">Kami tidak mendengar apa-apa.</Say><Gather action="/number" timeout="2"/><Redirect/></Response>`,
  '/chosen': `<Response><Say language="id-ID">Baik, kami sambungkan ke petugas.</Say>
    <Dial action="/number" timeout="15">+62215550199</Dial></Response>`,
  '/number': `<Response><Gather action="/bye" numDigits="4" timeout="4"><Say language="id-ID">Ketik empat angka.</Say></Gather>
    <Redirect>/voice</Redirect></Response>`,
  '/bye': '<Response><Say language="id-ID">Terima kasih dan sampai jumpa.</Say></Response>',
};

/** The same, where the caller may leave a message. */
const answeringMachine = {
  ...hotline,
  '/chosen': `<Response><Say language="id-ID">Tinggalkan pesan.</Say><Record action="/bye" finishOnKey="5#" timeout="3"/>
    <Redirect>/number</Redirect></Response>`,
};

const example = `# A caller who does not want to wait.
# today: 2026-11-21
> dials 1500400
< Selamat datang di …
> presses 1 after 1.5 s
# and now an officer
< Baik, kami sambungkan ke petugas.
  (dials +62215550199)
> the officer is busy
< Ketik empat angka.
  (waits 4 s for up to 4 digits)
> presses 12#
< Terima kasih dan sampai jumpa.
  (hangs up after 0:08)
`;

describe('a recorded call', () => {
  test('goes as recorded against the same application', async () => {
    const app = await application(hotline);
    const played = await playRecordedCall(example, { ...desk, url: `${app.url}/voice` });
    expect(played).toEqual({ transcript: example, difference: '' });
    expect(app.requests[0]!.form.get('To')).toBe('+621500400');
  });

  test('shows line by line where the application speaks otherwise now', async () => {
    const app = await application({
      ...hotline,
      '/bye': '<Response><Say language="id-ID">Sampai jumpa.</Say></Response>',
    });
    const { difference } = await playRecordedCall(example, { ...desk, url: `${app.url}/voice` });
    expect(difference.split('\n')).toEqual([
      '  < Ketik empat angka.',
      '    (waits 4 s for up to 4 digits)',
      '  > presses 12#',
      '- < Terima kasih dan sampai jumpa.',
      '-   (hangs up after 0:08)',
      '+ < Sampai jumpa.',
      '+   (hangs up after 0:06)',
    ]);
  });

  test.each([
    [
      'presses a key into a call that is over',
      `${example}> presses 1\n`,
      /wanted to press 1, but the line has ended the call/,
    ],
    ['stops before the call does', example.slice(0, example.indexOf('> presses 12#')), /the recording ends here/],
    ['presses where nothing listens', example.replace('1 after 1.5 s', '1 after 90 s'), /wanted to press 1 90 s/],
  ])('that %s is told so', async (_what, text, sentence) => {
    const app = await application(hotline);
    const { difference } = await playRecordedCall(text, { ...desk, url: `${app.url}/voice` });
    expect(difference).toMatch(sentence);
  });

  test('gives its settings to whoever sets up the world for it', () => {
    expect(parseRecordedCall(example).settings).toEqual({ today: '2026-11-21' });
  });

  test('that nobody can do is refused with the lines and what there is to choose from', () => {
    const wrong = '> dials 1500400\n> shouts 1\nno mark\n';
    expect(() => parseRecordedCall(wrong)).toThrow(/line 2: > shouts 1\nline 3: no mark\n(.*\n)*.*> stays quiet/);
  });

  /** A line as a file has it. */
  function written(line: RecordedLine): string {
    if ('comment' in line) return `# ${line.comment}\n`;
    if ('act' in line) return `${writeAct(line.act)}\n`;
    return 'heard' in line ? `< ${line.heard}\n` : `  ${line.note}\n`;
  }

  test('is read as it was written, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(recordedLine), (lines) => {
        expect(parseRecordedCall(lines.map(written).join('')).lines).toEqual(lines);
      }),
    );
  });
});

const sentence = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\s+/g, ' ').trim());
const keys = fc.string({ unit: fc.constantFrom(...'0123456789*#ABCD'), minLength: 1, maxLength: 17 });
const time = fc.integer({ min: 0, max: 600_000 });
const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ does: fc.constant('dials' as const), number: fc.stringMatching(/^\+?\d{3,15}$/) }),
  fc.record({ does: fc.constant('presses' as const), keys, afterMs: fc.option(time) }),
  fc.constant({ does: 'stays quiet' as const }),
  fc.record({
    does: fc.constant('officer' as const),
    how: fc.constantFrom('answers' as const, 'is busy' as const, 'does not answer' as const),
  }),
  fc.record({
    does: fc.constant('hangs up' as const),
    when: fc.oneof(
      fc.constantFrom('when it waits' as const, 'at once' as const),
      time.map((afterMs) => ({ afterMs })),
      time.map((talkedMs) => ({ talkedMs })),
      time.map((waitedMs) => ({ waitedMs })),
    ),
  }),
);
const recordedLine: fc.Arbitrary<RecordedLine> = fc.oneof(
  sentence.map((comment) => ({ comment })),
  sentence.map((heard) => ({ heard })),
  sentence.filter((text) => text !== '').map((note) => ({ note })),
  anAct.map((act) => ({ act })),
);

describe('a call that a person made', () => {
  const someKey = fc.constantFrom(...('0123456789*#' as unknown as Iterable<Key>));
  const deed = fc.oneof(
    { weight: 6, arbitrary: someKey.map((key) => (phone: Telephone) => phone.press(key)) },
    { weight: 1, arbitrary: fc.constant((phone: Telephone) => phone.hangUp()) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom({ answers: true, talksForMs: 7_000 } as const, { answers: false, because: 'busy' } as const)
        .map((answer) => (phone: Telephone) => phone.otherEnd(answer)),
    },
  );
  const wish = 'saya mau bayar';
  const speech = fc.constant((phone: Telephone) => phone.speak(wish));
  const moments = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 9_000 }),
      fc.oneof({ weight: 9, arbitrary: deed }, { weight: 2, arbitrary: speech }),
    ),
    { maxLength: 12 },
  );

  test.each([
    ['asks', hotline],
    ['records', answeringMachine],
  ])('goes the same way when it is played, whatever they did and when, where the application %s', async (_, routes) => {
    const app = await application(routes);
    await fc.assert(
      fc.asyncProperty(moments, async (deeds) => {
        const clock = virtualClock();
        const phone = placeCall(`${app.url}/voice`, { ...desk, clock });
        for (const [ms, act] of deeds) {
          await pass(clock, ms);
          const before = phone.events.length;
          act(phone);
          // A recorded call has no way of saying what a caller does in the middle of a sentence of their own.
          const hasSpoken = phone.events.slice(before).some(({ type }) => type === 'callerSays');
          if (hasSpoken) await pass(clock, speechTime(wish, 140));
        }
        await pass(clock, 1);
        phone.hangUp();
        await phone.ended;
        const saved = recordCall(phone.events, { sentence: 'Made by hand.', settings: { from: desk.from } });
        const played = await playRecordedCall(saved, { ...desk, url: `${app.url}/voice` });
        expect(played.difference).toBe('');
        expect(played.transcript).toBe(saved);
      }),
      { numRuns: 150 },
    );
  });
});
