import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { callSid, carrierOf, echo, serving, signatureOf } from './carrier.ts';
import { ownFolder } from './folder.ts';

const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** A turn whose body is not what a record of fields can hold; `signed` are the fields that the carrier signed. */
async function turnWith(body: string, signed: Record<string, string | string[]>) {
  const { switchboard, asked } = echo();
  const { send } = await serving({ switchboard });
  const headers = { ...formType, 'x-twilio-signature': signatureOf('/voice/turns/1', signed) };
  const { status } = await send({ path: '/voice/turns/1', headers, body });
  return { status, asked };
}

test('a field that we do not read may come twice, and the signature covers both', async () => {
  const body = `CallSid=${callSid}&Diversion=one&Diversion=other&Digits=1`;
  const { status, asked } = await turnWith(body, { CallSid: callSid, Diversion: ['one', 'other'], Digits: '1' });
  expect([status, asked.length]).toEqual([200, 1]);
  expect((await turnWith(body, { CallSid: callSid, Diversion: 'other', Digits: '1' })).status).toBe(403);
});

test('the same caller is one caller, however the carrier writes the number', async () => {
  for (const From of ['+6281200000001', '081200000001', '0062 812-0000-0001']) {
    const body = new URLSearchParams({ CallSid: callSid, From, Digits: '1' }).toString();
    const { asked } = await turnWith(body, { CallSid: callSid, From, Digits: '1' });
    expect(asked).toMatchObject([{ caller: '+6281200000001' }]);
  }
});

test('while the carrier changes its token, what either has signed is let in, and nothing else', async () => {
  const [before, after] = ['theTokenBefore1500400', 'theTokenAfter1500400'];
  const started = async (env: NodeJS.ProcessEnv) => {
    const settings = readSettings({ PORT: '0', DATA_DIR: ownFolder(), TWILIO_AUTH_TOKEN: before, ...env });
    const { url, close } = await startHotline(settings, { log: jsonLog('silent') });
    onTestFinished(close);
    return (token: string) => carrierOf(url, token)('/voice');
  };
  const answered = expect.stringContaining('action="/voice/turns/1"');
  const calledBy = await started({ TWILIO_SECONDARY_AUTH_TOKEN: after });
  expect([await calledBy(before), await calledBy(after)]).toEqual([answered, answered]);
  const refused = expect.stringContaining('The signature is wrong');
  expect(await calledBy('theTokenOfSomebodyElse')).toEqual(refused);
  expect(await (await started({}))(after)).toEqual(refused);
});
