import { expect, onTestFinished, test } from 'vitest';
import type { ToPage } from '../../src/console/talk.ts';
import { ownLine } from '../../src/desk/ownLine.ts';
import { sealedText } from '../../src/frontDesk.ts';
import { application } from '../simulator/application.ts';

const menu = '<Response><Gather numDigits="1" action="/voice/turns/1" timeout="60"/></Response>';
const told = '<Response><Pause length="60"/></Response>';
const seal = sealedText(Buffer.alloc(32, 1));

/** A line to an application, and a page that hears what comes from a call over it. */
async function lineTo(app: { url: string }, stateOf: (callId: string) => Promise<unknown> = async () => null) {
  const frozen = new AbortController();
  onTestFinished(() => frozen.abort());
  const parts = {
    url: 'http://hotline.example.org',
    listensAt: app.url,
    authToken: 'a token',
    today: () => '2026-11-21',
  };
  const call = ownLine({ ...parts, stateOf, seal, frozen: frozen.signal });
  const heldBy = (wish: Parameters<typeof call>[0]) => {
    const heard: ToPage[] = [];
    const hand = call(wish)!;
    hand.connect({ send: (text) => void heard.push(JSON.parse(text)) }, 0, 'new');
    const insides = () => heard.flatMap((message) => ('inside' in message ? [message.inside] : []));
    return { hand, heard, insides, baton: () => heard.flatMap((one) => ('baton' in one ? [one.baton] : [])).at(-1)! };
  };
  return { call, heldBy, freeze: () => frozen.abort() };
}

const hotline = () => application({ '/voice': menu, '/voice/turns/1': told, '/voice/status': '<Response/>' });

test('a page looks into every turn: what was asked, what was answered, and what is remembered', async () => {
  const app = await hotline();
  const state = { flow: 'bill', place: { value: 'told', context: { card: '0009999000017' } }, steps: [] };
  const { heldBy } = await lineTo(app, async () => state);
  const { hand, insides } = heldBy({ from: '+6281200000009' });
  await expect.poll(() => insides().length).toBe(1);
  hand.take({ do: 'press', n: 1, key: '7' });
  await expect.poll(() => insides().length).toBe(2);
  expect(insides()[1]).toMatchObject({
    url: 'http://hotline.example.org/voice/turns/1',
    form: { Digits: '7', From: '+6281200000009', To: '+621500400' },
    status: 200,
    answer: told,
    remembered: { flow: 'bill', state: 'told', card: '•••••••••••••' },
  });
});

test('a call goes on where nobody can read what is remembered', async () => {
  const { heldBy } = await lineTo(await hotline(), () => Promise.reject(new Error('database is locked')));
  const { hand, insides } = heldBy({ from: null });
  await expect.poll(() => insides()).toMatchObject([{ answer: menu, remembered: null, steps: [] }]);
  hand.take({ do: 'press', n: 1, key: '7' });
  await expect.poll(() => insides().length).toBe(2);
});

test('a line that is frozen asks for nothing more, and another one takes the call up with the same caller', async () => {
  const app = await hotline();
  const before = await lineTo(app);
  const first = before.heldBy({ from: '+6281200000009' });
  await expect.poll(() => first.insides().length).toBe(1);
  before.freeze();
  first.hand.take({ do: 'press', n: 1, key: '7' });
  const after = await lineTo(app);
  const second = after.heldBy({ baton: first.baton() });
  await expect.poll(() => second.insides().length).toBe(1);
  const [asked, again] = app.requests.map(({ url, form }) => ({
    url,
    call: form.get('CallSid'),
    from: form.get('From'),
  }));
  expect(again).toEqual(asked);
  second.hand.take({ do: 'press', n: 2, key: '8' });
  await expect.poll(() => second.insides().length).toBe(2);
  expect(app.requests.map(({ form }) => form.get('Digits'))).toEqual([null, null, '8']);
});

test('a call that was copied in its middle says that its beginning is missing', async () => {
  const app = await hotline();
  const first = (await lineTo(app)).heldBy({ from: null });
  await expect.poll(() => first.insides().length).toBe(1);
  const second = (await lineTo(app)).heldBy({ baton: first.baton() });
  second.hand.copy();
  expect(second.heard.at(-1)).toEqual({ copy: expect.stringMatching(/^# Without its beginning/) });
});

test('nothing but what a server has sealed is a call under way', async () => {
  const { call } = await lineTo(await hotline());
  for (const baton of ['', 'forged', sealedText(Buffer.alloc(32, 2)).close({ url: '/' })])
    expect(call({ baton })).toBeNull();
});
