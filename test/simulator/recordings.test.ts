import { expect, test } from 'vitest';
import { desk } from './application.ts';
import { accountSid, office } from './office.ts';

/** A caller says four words to an application that records them. */
async function recorded() {
  const { dial, sent, client, api } = await office();
  const phone = await dial('/record');
  await phone.say('please call me back');
  await phone.press('#');
  await phone.hear(/and more/);
  const { RecordingSid: sid = '', RecordingUrl: url = '', CallSid = '' } = sent('/third')[0]!;
  const headers = { authorization: `Basic ${btoa(`${accountSid}:${desk.authToken}`)}` };
  const at = (path: string) => fetch(`${api.url}/2010-04-01/Accounts/${accountSid}/${path}`, { headers });
  return { phone, sid, url, CallSid, client, at };
}

test('what there is to know of a recording is told as the carrier tells it', async () => {
  const { sid, url, CallSid, client, at } = await recorded();
  expect(await client.recordings(sid).fetch()).toMatchObject({
    ...{ sid, accountSid, callSid: CallSid, conferenceSid: null, mediaUrl: url },
    ...{ duration: '4', channels: 1, source: 'RecordVerb', status: 'completed', errorCode: null },
  });
  const told = await client.recordings(sid).fetch();
  expect(told.dateUpdated.getTime() - told.startTime.getTime()).toBe(4_000);
  expect((await at(`Recordings/RE${'0'.repeat(32)}.json`)).status).toBe(404);
});

test('a recording of a talk with both sides apart is told of as one of two channels', async () => {
  const { dial, sent, client } = await office();
  const phone = await dial('/talk');
  await phone.officer('answers');
  await phone.hear(/and more/);
  const { RecordingSid = '' } = sent('/third')[0]!;
  expect(await client.recordings(RecordingSid).fetch()).toMatchObject({ channels: 2, source: 'DialVerb' });
});

test('a recording is fetched as WAV, with .wav behind its address or nothing', async () => {
  const { url, sid, at, phone } = await recorded();
  for (const answer of [fetch(url), fetch(`${url}.wav?a=b`), at(`Recordings/${sid}`), at(`Recordings/${sid}.wav`)])
    expect((await answer).headers.get('content-type')).toBe('audio/x-wav');
  expect(phone.warnings).toEqual([]);
});

test('a recording is not there as MP3, and the line says why', async () => {
  const { url, sid, at, phone } = await recorded();
  const warning = `12200 Recording: only WAV is simulated, and ${sid}.mp3 was asked for`;
  expect((await fetch(`${url}.mp3`)).status).toBe(404);
  expect(phone.warnings).toEqual([warning]);
  expect(await (await at(`Recordings/${sid}.mp3`)).json()).toMatchObject({ message: 'Only WAV is simulated' });
  expect(phone.warnings).toEqual([warning, warning]);
});
