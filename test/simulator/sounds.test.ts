import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { wav } from '../../src/simulator/sound/wav.ts';
import { application, desk } from './application.ts';
import { aiff, mp3 } from './soundFiles.ts';

const aWav = wav([{ ms: 2_400, spoken: true }]);

/** Plays one sound, and says something behind it. */
async function played(type: string, body: Buffer, inGather = false) {
  const sound = '<Play>/sound</Play>';
  const app = await application({
    '/voice': `<Response>${inGather ? `<Gather timeout="1">${sound}</Gather>` : sound}<Say>goes on</Say></Response>`,
    '/sound': { type, body },
  });
  const phone = await dial(`${app.url}/voice`, desk);
  await phone.waitUntilSilence();
  while (!phone.isOver) await phone.stayQuiet().then(phone.waitUntilSilence);
  const sounds = phone.telephone.events.flatMap((event) => (event.type === 'plays' ? [event.ms] : []));
  return { phone, sounds };
}

describe('a Play', () => {
  test.each<[string, Buffer]>([
    ['audio/mpeg', mp3(2_400)],
    ['audio/wav', aWav],
    ['audio/wave', aWav],
    ['audio/x-wav', aWav],
    ['audio/aiff', aiff(2_400)],
    ['audio/x-aifc', aiff(2_400)],
    ['audio/x-aiff', aiff(2_400)],
    ['audio/x-gsm', Buffer.alloc(3_960)],
    ['audio/gsm', Buffer.alloc(3_960)],
    ['audio/ulaw', Buffer.alloc(19_200)],
    ['Audio/ULAW; rate=8000', Buffer.alloc(19_200)],
  ])('of %s lasts as long as the sound', async (type, body) => {
    const { phone, sounds } = await played(type, body);
    expect(sounds).toEqual([2_400]);
    expect(phone.warnings).toEqual([]);
  });

  test.each<[string, string, Buffer]>([
    ['of a kind that the carrier does not play', 'audio/ogg', Buffer.from('OggS')],
    ['that is called a sound and is a page', 'audio/mpeg', Buffer.from('<html><body>Hello</body></html>')],
    ['that is called a sound and is text', 'audio/x-wav', Buffer.from('not here')],
    ['that is called a sound and is nothing', 'audio/aiff', Buffer.alloc(0)],
    ['that is called a page and is a sound', 'text/html', aWav],
  ])('%s is warned about and passed over', async (_what, type, body) => {
    const { phone, sounds } = await played(type, body);
    expect(phone.warnings).toEqual([expect.stringMatching(/^13420 /)]);
    expect(sounds).toEqual([]);
    expect(phone.transcript).toContain('< goes on');
    expect((await played(type, body, true)).phone.warnings).toEqual([expect.stringMatching(/^13325 /)]);
  });

  test('is repeated as often as loop asks, and a thousand times at loop="0", but fetched once', async () => {
    const app = await application({
      '/voice': '<Response><Play loop="3">/sound</Play><Play loop="0">/sound</Play></Response>',
      '/sound': { type: 'audio/wav', body: aWav, headers: { 'cache-control': 'max-age=9999' } },
    });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.duration).toBe(1_003 * 2_400);
    expect(app.requests.map(({ url }) => url)).toEqual(['/voice', '/sound']);
  });

  test('has the tones of all sixteen keys', async () => {
    const app = await application({ '/voice': '<Response><Play digits="0123456789ABCD*#"/></Response>' });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.transcript[1]).toBe('< [plays 0123456789ABCD*#]');
    expect(phone.duration).toBe(16 * 200);
    expect(phone.warnings).toEqual([]);
  });
});
