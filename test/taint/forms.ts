import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { signatureOf } from '../rim/carrier.ts';
import { membershipKey, type watchedHotline } from './hotline.ts';
import { zulaikha } from './people.ts';

type Watched = Awaited<ReturnType<typeof watchedHotline>>;
type Form = Record<string, string | string[]>;
type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: string };

const { name, card, nik, phone } = zulaikha;
const callSid = `CA${'0d'.repeat(16)}`;
/** What the carrier tells of a caller besides, and what it might. */
const caller = { From: phone, Caller: phone, CallerName: name, FromCity: name, Memo: `${card} ${nik}` };
const queryOf = new URLSearchParams({ card, nik, From: phone, CallerName: name }).toString();
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends a request as it is and keeps whatever is answered. */
function send(
  { listensAt, keepAnswer }: Watched,
  { method = 'POST', path, headers = {}, body }: Sent,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(listensAt, { method, path, headers, agent: false }, async (response) => {
      keepAnswer(zulaikha, response.headers, await text(response));
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject).end(body);
  });
}

function bodyOf(form: Form): string {
  const pairs = Object.entries(form).flatMap(([field, values]) => [values].flat().map((value) => [field, value]));
  return new URLSearchParams(pairs).toString();
}

/** Sends a form that the carrier has signed. */
function signed(hotline: Watched, path: string, form: Form, headers: Record<string, string> = {}): Promise<number> {
  const signature = signatureOf(path, form, hotline.url, hotline.authToken);
  return send(hotline, {
    path,
    headers: { ...formType, 'x-twilio-signature': signature, ...headers },
    body: bodyOf(form),
  });
}

/** Forms that no carrier sends, though signed; answers the statuses. */
export async function badForms(hotline: Watched): Promise<number[]> {
  const forms: [string, Form][] = [
    ['/voice', caller],
    [`/voice?${queryOf}`, { ...caller, CallSid: card }],
    ['/voice/turns/1', { ...caller, CallSid: callSid, Digits: `${card}x` }],
    ['/voice/turns/1', { ...caller, CallSid: callSid, Digits: nik.repeat(5) }],
    ['/voice/turns/1', { ...caller, CallSid: callSid, Digits: [card, nik] }],
    ['/voice/turns/1', { ...caller, CallSid: callSid, From: [phone, name] }],
    ['/voice/status', { ...caller, CallStatus: 'completed' }],
  ];
  const statuses: number[] = [];
  for (const [path, form] of forms) statuses.push(await signed(hotline, path, form));
  return statuses;
}

/** What anybody on the network may send, with somebody's numbers in every part of it; answers the statuses. */
export async function strangersRequests(hotline: Watched): Promise<number[]> {
  const body = bodyOf({ ...caller, CallSid: callSid, Digits: card });
  const requests: Sent[] = [
    { path: '/voice', headers: { ...formType, 'x-twilio-signature': card }, body },
    { path: `/voice/turns/${card}?${queryOf}`, headers: { ...formType, 'x-twilio-signature': name }, body },
    { path: '/voice', headers: formType, body },
    { path: '/voice', headers: { 'content-type': `application/json; charset=${nik}` }, body: JSON.stringify(caller) },
    { path: '/voice', headers: { ...formType, 'content-encoding': nik }, body },
    { path: '/voice', headers: formType, body: body.repeat(1_000) },
    { path: `/voice/turns/%ff${card}`, headers: formType, body },
    { path: `/voice/${nik}?${queryOf}`, headers: formType, body },
    { method: 'GET', path: `/voice?${queryOf}` },
    { method: 'GET', path: `/${card}/${name.replace(' ', '-')}` },
    { method: 'GET', path: `/metrics?${queryOf}`, headers: { authorization: `Bearer ${card}` } },
    { method: 'GET', path: `/health?${queryOf}`, headers: { host: `${name.split(' ')[0]}.example.org` } },
  ];
  const statuses: number[] = [];
  for (const one of requests) statuses.push(await send(hotline, one));
  return statuses;
}

/** What the carrier sends besides turns: a caller with a name for a number, fallbacks, and how calls ended, twice each. */
export async function besideTurns(hotline: Watched): Promise<number[]> {
  const form = { ...caller, CallSid: callSid, From: `sip:${name.toLowerCase().replace(' ', '.')}@${nik}.example.org` };
  const ended = { ...form, CallStatus: 'completed', CallDuration: '9' };
  const failed = { ...form, ErrorCode: '11200', ErrorUrl: `${hotline.url}/voice/turns/1?${queryOf}` };
  const statuses: number[] = [];
  for (const [path, one] of [
    ['/voice', form],
    ['/voice/turns/1', { ...form, Digits: '1' }],
    ['/voice/turns/2', { ...form, Digits: card, FinishedOnKey: '#' }],
    ['/voice/turns/3', { ...form, Digits: '1' }],
    ['/voice/fallback', failed],
    ['/voice/fallback', { ...failed, ErrorUrl: `${name} ${card}` }],
    ['/voice/status', ended],
    ['/voice/status', { ...ended, CallSid: `CA${'0e'.repeat(16)}` }],
  ] as const)
    for (const _ of ['once', 'and again']) statuses.push(await signed(hotline, path, one));
  return statuses;
}

/** Questions about members over HTTP that nobody may ask, or nobody can answer; answers the statuses. */
export async function membershipQuestions(hotline: Watched): Promise<number[]> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${membershipKey}` };
  const question = JSON.stringify({ number: { kind: 'card', digits: card } });
  const path = '/membership/find-member';
  const requests: Sent[] = [
    { path, headers: { ...headers, authorization: `Bearer ${nik}` }, body: question },
    { path: `${path}?${queryOf}`, headers, body: question.slice(0, -3) },
    { path, headers, body: JSON.stringify({ number: { kind: 'card', digits: nik }, name }) },
    { path, headers, body: JSON.stringify({ number: { kind: name, digits: phone } }) },
    { path, headers, body: JSON.stringify(`${name} ${question}`.repeat(30)) },
    { method: 'GET', path: `${path}?${queryOf}`, headers },
    { path: `/membership/${card}`, headers, body: question },
  ];
  const statuses: number[] = [];
  for (const one of requests) statuses.push(await send(hotline, one));
  hotline.state.health = 'blunt';
  statuses.push(await send(hotline, { path, headers, body: question }));
  hotline.state.health = 'well';
  return statuses;
}
