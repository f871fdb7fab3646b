import { createHash } from 'node:crypto';
import { callForm } from '../simulator/courier/callForm.ts';
import { signature } from '../simulator/courier/signature.ts';

/** One request as the carrier sends it. */
export type CallRequest = { path: string; headers: Record<string, string>; body: string };

/** Five in arrears who pay themselves; a number that exists only here. */
const CARD_NUMBER = '0009999000020';

/** What the caller of every measured call does: hears the menu, asks for the status, types the number and confirms it. */
const deeds: readonly Record<string, string>[] = [
  {},
  { Digits: '1' },
  { Digits: CARD_NUMBER, FinishedOnKey: '#' },
  { Digits: '1' },
];

/** The turns, and that it is over. */
export const REQUESTS_A_CALL = deeds.length + 1;

const sidOf = (kind: string, name: string) => kind + createHash('md5').update(name).digest('hex');

/** The requests of the nth call of a series: its turns, each signed, and at last that it is over. */
export function callRequests(series: string, nth: number, base: string, authToken: string): CallRequest[] {
  const facts = {
    callSid: sidOf('CA', `call ${nth} of ${series}`),
    accountSid: sidOf('AC', 'benchmark'),
    from: `+62812${String(nth).padStart(8, '0')}`,
    to: '1500400',
    callToken: sidOf('CT', `token ${nth}`),
  };
  const turns = deeds.map((deed, turn) => ({
    path: turn === 0 ? '/voice' : `/voice/turns/${turn}`,
    form: { ...callForm(facts, turn === 0 ? 'ringing' : 'in-progress'), ...deed },
  }));
  const end = { path: '/voice/status', form: callForm(facts, 'completed') };
  return [...turns, end].map(({ path, form }) => ({
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': signature(authToken, base + path, Object.entries(form)),
      'i-twilio-idempotency-token': sidOf('', facts.callSid + path),
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
    },
    body: new URLSearchParams(form).toString(),
  }));
}
