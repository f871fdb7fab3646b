import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

/** An application whose callers join a conference, by the attributes that stand in the query, and their telephones. */
async function meeting(routes = {}) {
  const app = await application({
    '/voice': ({ url }) => {
      const { searchParams } = new URL(url, 'http://here');
      const dial = `action="/left" hangupOnStar="true" ${searchParams.get('dial') ?? ''}`;
      const conference = `<Conference ${searchParams.get('conference') ?? ''}>room</Conference>`;
      return `<Response><Dial ${dial}>${conference}</Dial></Response>`;
    },
    '/wait': '<Response><Say>please wait</Say></Response>',
    '/left': '<Response><Say>goodbye</Say></Response>',
    '/told': { status: 204 },
    '/recorded': { status: 204 },
    ...routes,
  });
  const exchange = network({ clock: virtualClock(Date.UTC(2026, 10, 21)) });
  const join = (conference = '', terms = '') =>
    dial(`${app.url}/voice?${new URLSearchParams({ conference, dial: terms })}`, {
      ...{ ...desk, wordsPerMinute: 60 },
      network: exchange,
    });
  const sent = (path: string) =>
    app.requests.filter(({ url }) => url === path).map(({ form }) => Object.fromEntries(form));
  return { app, join, sent, exchange };
}

const follows = (events = 'start end join leave') => `statusCallback="/told" statusCallbackEvent="${events}"`;

describe('a conference', () => {
  test('begins with the second caller, and whoever presses star leaves it', async () => {
    const { join, sent } = await meeting();
    const first = await join('waitUrl="/wait"');
    await first.hear(/please wait/);
    const second = await join();
    await second.pressInTalk('*', 5_000);
    await second.hear(/goodbye/);
    expect(first.transcript.slice(-3)).toContain('  (connected with conference room)');
    await first.hangUp('at once');
    const [left] = sent('/left');
    expect(left).toMatchObject({ DialCallStatus: 'answered', DialBridged: 'true' });
    expect(left).not.toHaveProperty('DialCallSid');
    expect(left).not.toHaveProperty('DialCallDuration');
  });

  test('waits for who may begin it, and ends with who ends it', async () => {
    const { join, exchange } = await meeting();
    const [first, second] = [
      await join('startConferenceOnEnter="false"'),
      await join('startConferenceOnEnter="false"'),
    ];
    await first.waitUntilSilence();
    await second.waitUntilSilence();
    expect(second.transcript.at(-1)).toBe('  (waits in conference room)');
    const host = await join('endConferenceOnExit="true"');
    await host.hangUp({ talkedMs: 7_000 });
    await first.hear(/goodbye/);
    await second.hear(/goodbye/);
    expect(exchange.rooms.size).toBe(0);
  });

  test('goes on for who is left in it, until that one has had enough', async () => {
    const { join } = await meeting();
    const [first, second] = [await join(), await join()];
    await second.hangUp({ talkedMs: 3_000 });
    await first.pressInTalk('*', 9_000);
    await first.hear(/goodbye/);
    expect(first.transcript.filter((line) => line.includes('connected with'))).toHaveLength(1);
  });

  test('is left when the time for the Dial is over, also by who is alone in it', async () => {
    const { join, sent } = await meeting();
    const alone = await join('waitUrl="/wait"', 'timeLimit="20"');
    while (sent('/left').length === 0) await alone.stayQuiet();
    await alone.hear(/goodbye/);
    expect(alone.duration).toBe(20_000);
    expect(sent('/left')[0]).toMatchObject({ DialCallStatus: 'answered', DialBridged: 'false' });
    const [first, second] = [await join('', 'timeLimit="30"'), await join('', 'timeLimit="15"')];
    await second.hear(/goodbye/);
    expect(second.duration).toBe(15_000);
    await first.hear(/goodbye/);
    expect(first.duration).toBe(30_000);
  });

  test('plays what there is for who waits once, and may go on by Redirect', async () => {
    const { join, sent } = await meeting({
      '/wait': '<Response><Gather/><Say>please wait</Say><Redirect method="GET">more</Redirect></Response>',
      '/more': '<Response><Say>a little longer</Say></Response>',
    });
    const phone = await join('waitUrl="/wait"');
    await phone.hear(/a little longer/);
    await phone.waitUntilSilence();
    await phone.hangUp();
    expect(sent('/wait')).toHaveLength(1);
    expect(phone.warnings).toEqual([expect.stringMatching(/^13238 <Gather> may not stand in this document/)]);
  });

  test('is not joined where the document for who waits cannot be had', async () => {
    const { join, sent, exchange } = await meeting({ '/wait': { status: 500 } });
    const phone = await join('waitUrl="/wait"');
    await phone.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ DialCallStatus: 'failed', DialBridged: 'false' });
    expect(exchange.rooms.size).toBe(0);
  });

  test('lets nobody in when it is full', async () => {
    const { join, sent } = await meeting();
    const [first, second, third] = [await join(), await join(), await join('maxParticipants="2"')];
    await third.hear(/goodbye/);
    expect(sent('/left')[0]).toMatchObject({ DialCallStatus: 'failed' });
    expect(third.warnings).toEqual([expect.stringMatching(/^16020 /)]);
    await first.hangUp('at once');
    await second.hangUp('at once');
  });

  test('is not joined by a second of the same label, nor by who coaches somebody who is not in it', async () => {
    const { join, sent, app } = await meeting();
    const [first, second] = [await join('participantLabel="nurse"'), await join('participantLabel="doctor"')];
    const twin = await join('participantLabel="nurse"');
    await twin.hear(/goodbye/);
    const stranger = await join(`coach="CA${'0'.repeat(32)}"`);
    await stranger.hear(/goodbye/);
    expect(sent('/left')).toMatchObject([{ DialCallStatus: 'failed' }, { DialCallStatus: 'failed' }]);
    expect([...twin.warnings, ...stranger.warnings].map((warning) => warning.slice(0, 5))).toEqual(['16025', '13240']);
    const coach = await join(`coach="${app.requests[0]!.form.get('CallSid')}"`);
    for (const phone of [coach, second, first]) await phone.hangUp('at once');
    expect(coach.warnings).toEqual([]);
  });
});

describe('who follows a conference', () => {
  test('is told who joins and leaves, when it begins and when it is over, and why', async () => {
    const { join, sent } = await meeting();
    const nurse = await join(`${follows()} muted="true" participantLabel="nurse"`);
    const host = await join('endConferenceOnExit="true"');
    await host.hangUp({ talkedMs: 8_000 });
    await nurse.hear(/goodbye/);
    const told = sent('/told').sort((a, b) => Number(a.SequenceNumber) - Number(b.SequenceNumber));
    expect(told.map((form) => form.StatusCallbackEvent)).toEqual([
      ...['participant-join', 'participant-join', 'conference-start'],
      ...['participant-leave', 'participant-leave', 'conference-end'],
    ]);
    const [joined, , started, left, out, ended] = told;
    const [nurseSid, hostSid] = told.map((form) => form.CallSid);
    const common = { FriendlyName: 'room', ConferenceSid: expect.stringMatching(/^CF[0-9a-f]{32}$/) };
    expect(joined).toEqual({
      ...{ ...common, StatusCallbackEvent: 'participant-join', SequenceNumber: '1' },
      ...{ AccountSid: expect.stringMatching(/^AC/), Timestamp: 'Sat, 21 Nov 2026 00:00:00 +0000' },
      ...{ CallSid: nurseSid, ParticipantLabel: 'nurse', Muted: 'true', Hold: 'false', Coaching: 'false' },
      ...{ StartConferenceOnEnter: 'true', EndConferenceOnExit: 'false' },
    });
    expect(started).not.toHaveProperty('CallSid');
    expect(left).toMatchObject({ ParticipantCallStatus: 'completed', ReasonParticipantLeft: 'participant_hung_up' });
    expect(ended).toMatchObject({
      ...{ ...common, CallSidEndingConference: hostSid },
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
    });
    expect(out).toMatchObject({
      ...{ CallSid: nurseSid, ReasonParticipantLeft: 'moderator_ended_conference' },
      ParticipantCallStatus: 'in-progress',
    });
  });

  test('is who the first to join names, and hears only of what was asked for', async () => {
    const { join, sent } = await meeting({ '/other': { status: 204 } });
    const first = await join(`${follows('end')} statusCallbackMethod="GET"`);
    const second = await join('statusCallback="/other" statusCallbackEvent="join"');
    await second.hangUp({ talkedMs: 1_000 });
    await first.hangUp({ talkedMs: 2_000 });
    expect(sent('/other')).toEqual([]);
    expect(first.telephone.events.flatMap((event) => (event.type === 'tells' ? event.method : []))).toEqual(['GET']);
  });
});

test('a conference is recorded from its beginning to its end where the application wants that', async () => {
  const { join, sent } = await meeting();
  const events = 'recordingStatusCallbackEvent="in-progress completed"';
  const first = await join(`record="record-from-start" recordingStatusCallback="/recorded" ${events}`);
  await first.waitUntilSilence();
  const second = await join();
  await second.hangUp({ talkedMs: 6_000 });
  await first.hangUp({ talkedMs: 10_000 });
  expect(sent('/recorded')).toMatchObject([
    { RecordingStatus: 'in-progress' },
    { RecordingStatus: 'completed', RecordingSource: 'Conference', RecordingChannels: '1', RecordingDuration: '10' },
  ]);
  expect(sent('/recorded')[1]).not.toHaveProperty('CallSid');
  expect(sent('/recorded')[1]!.ConferenceSid).toMatch(/^CF/);
  expect((await fetch(sent('/recorded')[1]!.RecordingUrl!)).status).toBe(200);
});

test.each([
  ['muted="so"', [13230]],
  ['endConferenceOnExit="so"', [13231]],
  ['startConferenceOnEnter="so"', [13232]],
  ['waitUrl="http://"', [13233]],
  ['waitUrl="/wait" waitMethod="PUT"', [13234]],
  ['beep="loud"', [13235]],
  ['maxParticipants="251"', [16002]],
  ['record="loud"', [16002]],
  ['trim="short"', [13239]],
  ['jitterBufferSize="huge"', [16002]],
  ['region="mars"', [16002]],
  ['statusCallback="/told" statusCallbackEvent="join applause"', [16002]],
  ['participantLabel="a/b"', [16023]],
  ['beep="onEnter" trim="do-not-trim" region="sg1" jitterBufferSize="small"', []],
  ['eventCallbackUrl="/told"', [12200]],
  ['muted="true" record="do-not-record" recordingConfigurationId="x" participantLabel="nurse"', []],
])('a Conference with %s is joined, and warned about as the carrier does', async (attributes, codes) => {
  const { join } = await meeting();
  const phone = await join(attributes);
  await phone.waitUntilSilence();
  await phone.hangUp();
  expect(phone.warnings.map((warning) => Number(warning.slice(0, 5)))).toEqual(codes);
});
