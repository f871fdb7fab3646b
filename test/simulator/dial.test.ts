import { describe, expect, test } from 'vitest';
import { type CallOptions, dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

async function passOn(attributes = 'action="/dialled"', options: Partial<CallOptions> = {}) {
  const app = await application({
    '/voice': `<Response><Dial ${attributes}><Number>+62215550199</Number></Dial><Say>after the talk</Say></Response>`,
    '/dialled': '<Response><Say>back again</Say></Response>',
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, ...options });
  const told = () => {
    const form = Object.fromEntries(app.requests[1]?.form ?? []);
    return { ...pick(form, 'DialCallStatus'), ...pick(form, 'DialCallDuration'), ...pick(form, 'DialBridged') };
  };
  return { app, phone, told };
}

const pick = (form: Record<string, string>, name: string) => (name in form ? { [name]: form[name] } : {});

describe('a caller who is passed on', () => {
  test('talks to the officer, and then hears the application again', async () => {
    const { phone, app, told } = await passOn('action="/dialled"', { officerTalksForMs: 45_000 });
    await phone.officer('answers');
    await phone.hear(/back again/);
    expect(told()).toEqual({ DialCallStatus: 'completed', DialCallDuration: '45', DialBridged: 'true' });
    expect(app.requests[1]!.form.get('DialCallSid')).toMatch(/^CA[0-9a-f]{32}$/);
    expect(app.requests[1]!.form.get('CallStatus')).toBe('in-progress');
  });

  test('hears at once that the officer is busy', async () => {
    const { phone, told } = await passOn();
    await phone.officer('is busy');
    await phone.hear(/back again/);
    expect(told()).toEqual({ DialCallStatus: 'busy', DialBridged: 'false' });
    expect(phone.telephone.events.find(({ type }) => type === 'dialEnded')).toMatchObject({ at: 0, status: 'busy' });
  });

  test('hears it ring for as long as the application allows when nobody answers', async () => {
    const { phone, told } = await passOn('action="/dialled" timeout="20"');
    await phone.officer('does not answer');
    await phone.hear(/back again/);
    expect(told()).toEqual({ DialCallStatus: 'no-answer', DialBridged: 'false' });
    expect(phone.telephone.events.find(({ type }) => type === 'dialEnded')).toMatchObject({ at: 20_000 });
  });

  test('hears it ring for half a minute and may talk for four hours where the application says nothing', async () => {
    const unanswered = await passOn();
    await unanswered.phone.officer('does not answer');
    await unanswered.phone.hear(/back again/);
    expect(unanswered.phone.telephone.events.find(({ type }) => type === 'dialEnded')).toMatchObject({ at: 30_000 });
    const fiveHours = { answers: true, talksForMs: 5 * 3_600_000 } as const;
    const { phone, told } = await passOn(undefined, { otherEnd: fiveHours });
    await phone.waitUntilSilence();
    expect(told()).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '14400' });
  });

  test('is answered late by who has let it ring', async () => {
    const { phone, told } = await passOn();
    await phone.waitUntilSilence();
    phone.telephone.otherEnd({ answers: false, because: 'no-answer' });
    phone.telephone.otherEnd({ answers: true, talksForMs: 5_000 });
    await phone.hear(/back again/);
    expect(told()).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '5' });
  });

  test('goes on in the same document where the Dial has no action', async () => {
    const { phone, app } = await passOn('');
    await phone.officer('answers');
    await phone.hear(/after the talk/);
    expect(app.requests).toHaveLength(1);
  });

  test('never hears what stands behind a Dial with an action, however the Dial ends', async () => {
    for (const how of ['answers', 'is busy', 'does not answer'] as const) {
      const { phone } = await passOn();
      await phone.officer(how);
      await phone.hear(/back again/);
      await phone.waitUntilSilence();
      expect([phone.isOver, phone.transcript.includes('< after the talk')]).toEqual([true, false]);
    }
  });

  test('is cut off when the talk reaches its limit', async () => {
    const { phone, told } = await passOn('action="/dialled" timeLimit="10"');
    await phone.officer('answers');
    await phone.hear(/back again/);
    expect(told()).toMatchObject({ DialCallDuration: '10' });
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe(`  (hangs up after 0:${Math.round(phone.duration / 1_000)})`);
  });

  test('and hangs up in the talk: the application is told so, as of a call that is over', async () => {
    const { phone, app, told } = await passOn();
    await phone.officer('answers');
    await phone.hangUp({ talkedMs: 12_000 });
    expect(told()).toEqual({ DialCallStatus: 'completed', DialCallDuration: '12', DialBridged: 'true' });
    expect(app.requests[1]!.form.get('CallStatus')).toBe('completed');
    expect(phone.transcript.slice(-3)).toEqual([
      '> the officer answers',
      '> hangs up 12 s into the talk',
      '  (the caller hung up after 0:12)',
    ]);
  });

  test('and hangs up while it rings: the application is told so too', async () => {
    const { phone, told } = await passOn();
    await phone.hangUp();
    expect(told()).toEqual({ DialCallStatus: 'canceled', DialBridged: 'false' });
  });

  test('meets what was decided beforehand where nobody is there to decide', async () => {
    const { phone, told } = await passOn('action="/dialled"', { otherEnd: { answers: true, talksForMs: 3_000 } });
    await phone.hear(/back again/);
    expect(told()).toMatchObject({ DialCallDuration: '3' });
    const silent = await passOn('action="/dialled"', { otherEnd: { answers: false, because: 'no-answer' } });
    await silent.phone.hear(/back again/);
    expect(silent.told()).toMatchObject({ DialCallStatus: 'no-answer' });
  });
});

test('a Dial without a number that can be dialled fails, with a warning', async () => {
  const app = await application({
    '/voice': '<Response><Dial action="/dialled">my aunt</Dial></Response>',
    '/dialled': '<Response/>',
  });
  const phone = await dial(`${app.url}/voice`, desk);
  await phone.waitUntilSilence();
  expect(app.requests[1]!.form.get('DialCallStatus')).toBe('failed');
  expect(phone.warnings).toEqual([expect.stringMatching(/^13223 .*my aunt/)]);
});
