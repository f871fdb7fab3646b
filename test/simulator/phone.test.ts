import { describe, expect, test } from 'vitest';
import { realClock } from '../../src/simulator/clock.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

const menu = {
  '/voice': `<Response><Gather action="/chosen" numDigits="1" timeout="8"><Say>Welcome to the hotline.</Say>
    <Say>Press 1 or 2.</Say></Gather><Say>Nothing was pressed.</Say><Redirect/></Response>`,
  '/chosen': '<Response><Say>You chose well.</Say><Say>Goodbye.</Say></Response>',
};

describe('a script at the telephone', () => {
  test('presses, stays quiet and hears as a caller would', async () => {
    const app = await application(menu);
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.hear(/^Welcome/);
    await phone.stayQuiet();
    expect(await phone.waitUntilSilence()).toEqual([
      'Nothing was pressed.',
      'Welcome to the hotline.',
      'Press 1 or 2.',
    ]);
    await phone.press('1');
    expect(await phone.waitUntilSilence()).toEqual(['You chose well.', 'Goodbye.']);
    expect(phone.isOver).toBe(true);
    expect(phone.transcript).toEqual([
      '> dials 1500400',
      '< Welcome to the hotline.',
      '< Press 1 or 2.',
      '  (waits 8 s for a key)',
      '> stays quiet',
      '< Nothing was pressed.',
      '< Welcome to the hotline.',
      '< Press 1 or 2.',
      '  (waits 8 s for a key)',
      '> presses 1',
      '< You chose well.',
      '< Goodbye.',
      `  (hangs up after 0:${Math.round(phone.duration / 1_000)})`,
    ]);
  });

  test('is told what it expected and the call so far when it hears something else', async () => {
    const app = await application(menu);
    const phone = await dial(`${app.url}/voice`, desk);
    await expect(phone.hear(/Good evening/)).rejects.toThrow(
      /expected to hear \/Good evening\/, but the line waits for keys\. So far:\n> dials 1500400\n< Welcome/,
    );
  });

  test('cannot press when the call is over', async () => {
    const app = await application({ '/voice': '<Response><Say>Bye.</Say></Response>' });
    const phone = await dial(`${app.url}/voice`, desk);
    await expect(phone.press('1')).rejects.toThrow(/wanted to press 1, but the line has ended the call/);
  });

  test('cannot interrupt what has been said already', async () => {
    const app = await application(menu);
    const phone = await dial(`${app.url}/voice`, desk);
    await expect(phone.interrupt('1', { after: 60_000 })).rejects.toThrow(/60 s after the line began to speak/);
  });

  test('cannot press what is no key', async () => {
    const app = await application(menu);
    const phone = await dial(`${app.url}/voice`, desk);
    await expect(phone.press('1x')).rejects.toThrow('"x" is no key');
  });

  test('hangs up when the line waits, in the middle of a sentence, or at once', async () => {
    const app = await application(menu);
    const last = async (when?: 'at once' | { afterMs: number }) => {
      const phone = await dial(`${app.url}/voice`, { ...desk, wordsPerMinute: 60 });
      await phone.hangUp(when);
      return phone.transcript.slice(-3);
    };
    expect(await last()).toEqual(['  (waits 8 s for a key)', '> hangs up', '  (the caller hung up after 0:08)']);
    expect(await last({ afterMs: 2_000 })).toEqual([
      '< Welcome to …',
      '> hangs up after 2 s',
      '  (the caller hung up after 0:02)',
    ]);
    expect(await last('at once')).toEqual(['< …', '> hangs up after 0 s', '  (the caller hung up after 0:00)']);
  });
});

describe('on the virtual clock', () => {
  test('the same call goes the same way at any time', async () => {
    const app = await application(menu);
    const once = async () => {
      const phone = await dial(`${app.url}/voice`, desk);
      await phone.stayQuiet();
      await phone.interrupt('2', { after: 3_210 });
      await phone.waitUntilSilence();
      return phone.telephone.events;
    };
    expect(await once()).toEqual(await once());
  });

  test('two minutes of speech take next to no time', async () => {
    const words = `<Response><Gather action="/chosen" numDigits="1"><Say>${'word '.repeat(140)}</Say></Gather></Response>`;
    const app = await application({ '/voice': words, '/chosen': words });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.press('1');
    const begun = performance.now();
    await phone.waitUntilSilence();
    expect(phone.duration).toBe(120_000);
    expect(performance.now() - begun).toBeLessThan(50);
  });

  test('many calls at once keep each their own time', async () => {
    const app = await application(menu);
    const durations = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const phone = await dial(`${app.url}/voice`, desk);
        await phone.press('1');
        await phone.waitUntilSilence();
        return phone.duration;
      }),
    );
    expect(new Set(durations).size).toBe(1);
  });
});

// Another process may keep this one from its time for a moment: that is no fault of the clock, so it may try again.
test('on the real clock the same call goes the same way and takes the same time', { retry: 3 }, async () => {
  const app = await application({
    '/voice': '<Response><Gather action="/chosen" numDigits="2"><Say>one two three four five</Say></Gather></Response>',
    '/chosen': '<Response><Say>one</Say></Response>',
  });
  const make = async (clock: object) => {
    const phone = await dial(`${app.url}/voice`, {
      ...desk,
      wordsPerMinute: 600,
      precisionMs: 100,
      keyGapMs: 50,
      ...clock,
    });
    await phone.interrupt('12', { after: 200 });
    await phone.waitUntilSilence();
    return { transcript: phone.transcript, ms: phone.telephone.events.find(({ type }) => type === 'ended')!.at };
  };
  const [virtual, real] = [await make({}), await make({ clock: realClock() })];
  expect(virtual.ms).toBe(200 + 50 + 100);
  expect(real.transcript).toEqual(virtual.transcript);
  expect(Math.abs(real.ms - virtual.ms)).toBeLessThan(50);
});
