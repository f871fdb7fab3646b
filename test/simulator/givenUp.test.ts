import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { type CallOptions, dial } from '../../src/simulator/phone.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { application, desk } from './application.ts';
import { pass } from './pass.ts';

const other = { twiml: '<Response><Say>something else</Say></Response>', url: '' };

/** A call whose document begins so, and what an application does with it from outside. */
async function call(verbs: string, options: Partial<CallOptions> = {}) {
  const app = await application({ '/voice': `<Response>${verbs}</Response>`, '/told': { status: 500 } });
  const exchange = network({ clock: virtualClock(Date.UTC(2026, 10, 21)) });
  const phone = await dial(`${app.url}/voice`, { ...desk, wordsPerMinute: 60, network: exchange, ...options });
  const { leg } = [...exchange.calls.values()][0]!;
  const replace = () => leg.callAway({ because: 'another document', todo: other });
  const endIt = () => leg.end({ status: 'completed', by: 'application' });
  return { app, phone, pass: (ms: number) => pass(exchange.clock, ms), replace, endIt };
}

describe('a document that is given up', () => {
  test('leaves what was heard of its sentence, and what has passed of the call', async () => {
    const { phone, pass, endIt } = await call('<Say>one two three four five six seven eight</Say>');
    await pass(2_430);
    endIt();
    await phone.waitUntilSilence();
    expect(phone.transcript).toEqual(['> dials 1500400', '< one two …', '  (hangs up after 0:02)']);
    expect(phone.telephone.events.map(({ type }) => type)).toContain('interrupted');
  });

  test('for another one is heard no further, and the other is heard from its beginning', async () => {
    const { phone, pass, replace } = await call('<Say>one two three four</Say>');
    await pass(1_000);
    replace();
    await phone.waitUntilSilence();
    expect(phone.transcript.slice(1)).toEqual(['< one …', '< something else', '  (hangs up after 0:03)']);
  });

  test('before a pause has begun to last leaves no time', async () => {
    const { phone, endIt } = await call('<Pause length="100"/>');
    endIt();
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe('  (hangs up after 0:00)');
  });

  test('leaves the caller as quiet as they were', async () => {
    const { phone, pass, endIt } = await call('<Gather timeout="100"/>');
    await pass(7_000);
    endIt();
    await phone.waitUntilSilence();
    expect(phone.transcript.slice(-2)).toEqual(['> stays quiet', '  (hangs up after 0:07)']);
  });

  test('while it rings somebody rings no more', async () => {
    const { phone, pass, replace } = await call('<Dial>+62215550101</Dial>');
    await pass(4_000);
    replace();
    await phone.hear(/something else/);
    await phone.waitUntilSilence();
    expect(phone.transcript.slice(1)).toEqual([
      '  (dials +62215550101)',
      '  (rings no more)',
      '< something else',
      '  (hangs up after 0:06)',
    ]);
  });

  test('in a talk leaves the talk as long as it was', async () => {
    const { phone, pass, replace } = await call('<Dial>+62215550101</Dial>');
    await phone.officer('answers');
    await pass(12_000);
    replace();
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe('  (hangs up after 0:14)');
  });
});

test('a call that is given another document again and again is ended with the reason', async () => {
  const { phone, replace } = await call('<Say>one</Say>');
  phone.telephone.onEvent(({ type }) => type === 'says' && replace());
  replace();
  await phone.waitUntilSilence();
  expect(phone.warnings).toEqual([expect.stringMatching(/^11215 another document was given 1000 times, the last/)]);
});

test('a call that the carrier ends after four hours has lasted four hours, and is played again the same way', async () => {
  const { app, phone } = await call('<Pause length="99999999999"/>');
  await phone.waitUntilSilence();
  expect(phone.transcript.at(-1)).toBe('  (the carrier ends the call after 240:00)');
  const played = await playRecordedCall(phone.transcript.join('\n'), { ...desk, url: `${app.url}/voice` });
  expect(played.difference).toBe('');
});

test('a warning from outside while the line waits is no silence of the caller, and the call is played again', async () => {
  const { app, phone } = await call('<Sms statusCallback="/told">hello</Sms><Gather/><Say>goodbye</Say>');
  await phone.stayQuiet();
  await phone.waitUntilSilence();
  expect(phone.transcript.slice(2)).toEqual([
    '  (waits 5 s for digits and #)',
    expect.stringMatching(/^ {2}! 15003 /),
    '> stays quiet',
    '< goodbye',
    '  (hangs up after 0:06)',
  ]);
  const options = { ...desk, wordsPerMinute: 60, url: `${app.url}/voice` };
  expect(await playRecordedCall(phone.transcript.join('\n'), options)).toMatchObject({ difference: '' });
});
