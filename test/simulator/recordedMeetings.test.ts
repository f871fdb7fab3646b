import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import type { Phone } from '../../src/simulator/phone.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { application, desk } from './application.ts';
import { hotline } from './hotline.ts';

const silently = '<Enqueue action="/left">support</Enqueue>';
const conference = '<Dial action="/left"><Conference waitUrl="/wait">room</Conference></Dial>';

/** Plays a recorded call to the same application, where others may be already; answers what went otherwise. */
async function playAgain(lines: readonly string[], verbs?: string, meanwhile?: string) {
  const again = await hotline(verbs, {}, ['support']);
  if (meanwhile) await again.dial(meanwhile);
  const url = `${again.app.url}/voice`;
  const options = { ...desk, wordsPerMinute: 60, url, network: again.exchange };
  return (await playRecordedCall(lines.join('\n'), options)).difference;
}

/** What the caller does last, and what the line says of the end. */
const ending = (phone: Phone) => phone.transcript.slice(-2);

describe('a call in which the caller hangs up', () => {
  test('in a talk with an agent is recorded as that, and played again', async () => {
    const { dial } = await hotline(silently, {}, ['support']);
    await dial('/agent');
    const caller = await dial();
    await caller.hangUp({ talkedMs: 8_000 });
    expect(ending(caller)).toEqual(['> hangs up 8 s into the talk', '  (the caller hung up after 0:11)']);
    expect(await playAgain(caller.transcript, silently, '/agent')).toBe('');
  });

  test('in a conference is recorded as that, with the keys of the talk, and played again', async () => {
    const starred = conference.replace('<Dial', '<Dial hangupOnStar="true"');
    const { dial } = await hotline(starred);
    await dial();
    const caller = await dial();
    await caller.pressInTalk('5', 2_000);
    await caller.hangUp({ talkedMs: 9_000 });
    expect(caller.transcript.slice(-3)).toEqual([
      '> presses 5 2 s into the talk',
      '> hangs up 9 s into the talk',
      '  (the caller hung up after 0:09)',
    ]);
    expect(await playAgain(caller.transcript, starred, '/voice')).toBe('');
  });

  test('while it waits in silence is recorded with the time that it waited, and played again', async () => {
    const { dial } = await hotline(silently);
    const caller = await dial();
    await caller.hangUp({ waitedMs: 8_000 });
    expect(ending(caller)).toEqual(['> hangs up 8 s into the wait', '  (the caller hung up after 0:08)']);
    expect(await playAgain(caller.transcript, silently)).toBe('');
  });

  test('at once where it waits needs no time', async () => {
    const { dial } = await hotline(silently);
    const caller = await dial();
    await caller.hangUp();
    expect(ending(caller)).toEqual(['> hangs up', '  (the caller hung up after 0:00)']);
    expect(await playAgain(caller.transcript, silently)).toBe('');
  });

  test('while something is played again to who waits is played to the same word', async () => {
    const { dial } = await hotline();
    const caller = await dial();
    await caller.stayQuiet();
    await caller.stayQuiet();
    await caller.hangUp({ afterMs: 1_000 });
    expect(caller.transcript.slice(2)).toEqual([
      '< please wait',
      '> stays quiet',
      '< please wait',
      '> stays quiet',
      '< please …',
      '> hangs up after 1 s',
      '  (the caller hung up after 0:21)',
    ]);
    expect(await playAgain(caller.transcript)).toBe('');
  });
});

test('an agent whom nobody waits for stays quiet, and the call is played again', async () => {
  const { dial } = await hotline(undefined, {}, ['support']);
  const agent = await dial('/agent');
  await agent.stayQuiet();
  await agent.waitUntilSilence();
  expect(agent.transcript.slice(1)).toEqual([
    '  (asks for the next of queue support)',
    '> stays quiet',
    '< call over',
    '  (hangs up after 0:32)',
  ]);
  const app = await application({
    '/voice': '<Response><Dial action="/talked"><Queue>support</Queue></Dial></Response>',
    '/talked': '<Response><Say>call over</Say></Response>',
  });
  const exchange = network({ clock: virtualClock(0), queues: ['support'] });
  const options = { ...desk, wordsPerMinute: 60, url: `${app.url}/voice`, network: exchange };
  expect(await playRecordedCall(agent.transcript.join('\n'), options)).toMatchObject({ difference: '' });
});

test('nobody hangs up while they wait when they wait no longer', async () => {
  const { dial } = await hotline(silently, {}, ['support']);
  await dial('/agent');
  const caller = await dial();
  await caller.hangUp({ talkedMs: 3_000 });
  await expect(caller.hangUp({ waitedMs: 3_000 })).rejects.toThrow(/3000 ms into the wait, but the line has ended/);
});
