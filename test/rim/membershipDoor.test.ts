import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { memberDirectory } from '../../src/membership/directory.ts';
import { inventedMembers } from '../../src/membership/inventedMembers.ts';
import { type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';
import { membershipDoor } from '../../src/membershipDoor.ts';
import { echo, serving } from './carrier.ts';
import { keptFolder } from './folder.ts';

const folder = keptFolder();
const today = '2026-11-21';
const apiKey = 'key-of-these-tests';
const url = 'https://hotline.example.org/membership';
const card = '0009999000020';
let directory: Awaited<ReturnType<typeof memberDirectory>>;
beforeAll(async () => {
  directory = await memberDirectory({ file: join(folder, 'members.db'), today: () => today });
  return directory.close;
});

/** A hotline that offers these members, and somebody who asks it. */
async function offering(members: MembershipService = directory) {
  const notes: unknown[] = [];
  const troubles: unknown[] = [];
  const log = {
    turn: () => {},
    note: (message: string, fields?: object) => void notes.push({ message, ...fields }),
    trouble: (message: string, error: unknown) => void troubles.push({ message, error }),
  };
  const door = membershipDoor({ members, apiKey, url, log });
  const { send } = await serving({ switchboard: echo().switchboard, membership: door });
  const ask = async (path: string, question: unknown, headers: Record<string, string> = {}) => {
    const usual = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const body = typeof question === 'string' ? question : JSON.stringify(question);
    const answer = await send({ path: `/membership${path}`, headers: { ...usual, ...headers }, body });
    return { ...answer, body: JSON.parse(answer.text) as Record<string, unknown> };
  };
  return { send, ask, notes, troubles };
}

const byCard = { number: { kind: 'card', digits: card } };

test('who has the key is told of members and bills, and nobody on the way keeps the answer', async () => {
  const { ask } = await offering();
  const found = await ask('/find-member', byCard);
  expect(found.body).toEqual({ member: await directory.findMember({ kind: 'card', digits: card }) });
  expect(found.response.headers.get('cache-control')).toBe('no-store');
  const bill = await ask('/find-bill', { cardNumber: card });
  expect(bill.body).toEqual({ cardNumber: card, bill: await directory.findBill(card) });
});

test('nothing is told but what the contract names', async () => {
  const member = { ...(await directory.findMember({ kind: 'card', digits: card }))!, name: 'Tok Tok' };
  const { ask } = await offering({ findMember: async () => member, findBill: async () => null });
  expect((await ask('/find-member', byCard)).text).not.toContain('Tok');
});

describe('a question that is refused', () => {
  const refused = async (path: string, question: unknown, headers: Record<string, string> = {}) => {
    const { ask, notes, troubles } = await offering();
    const { status, type, body } = await ask(path, question, headers);
    expect(type).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({ type: 'about:blank', title: expect.any(String), status, detail: expect.any(String) });
    expect([notes, troubles]).toEqual([
      [{ message: 'a question about members was refused', level: 'warn', status, reason: body.detail }],
      [],
    ]);
    return [status, body.detail];
  };

  test.each([
    ['no key', { authorization: '' }],
    ['another key', { authorization: 'Bearer key-of-other-tests' }],
    ['a key of another length', { authorization: `Bearer ${apiKey}x` }],
    ['the key in another form', { authorization: apiKey }],
  ])('for %s: 401', async (_, headers) => {
    const why = 'Authorization must be Bearer and the key of this service.';
    for (const path of ['/find-member', '/find-bill']) expect(await refused(path, byCard, headers)).toEqual([401, why]);
  });

  test.each([
    ['nothing that is JSON', '{"number":{"digits":"0009999000017"', 'The question is not JSON.'],
    ['a word', '"0009999000017"', 'The question is not JSON.'],
    ['an empty body', '', 'number must be card or nik.'],
    ['a list', [card], 'The question must be an object.'],
    ['no number', {}, 'number must be card or nik.'],
    ['a number of no kind', { number: { kind: card, digits: card } }, 'number.kind must be card or nik.'],
    ['digits as a number', { number: { kind: 'card', digits: 9999000017 } }, 'number.digits must be 13 digits.'],
    ['a NIK for a card', { number: { kind: 'card', digits: `${card}123` } }, 'number.digits must be 13 digits.'],
    ['a card for a NIK', { number: { kind: 'nik', digits: card } }, 'number.digits must be 16 digits.'],
    ['more than is known', { ...byCard, [card]: card }, 'The question has a field that is not known.'],
    ['more in it', { number: { ...byCard.number, [card]: 1 } }, 'number has a field that is not known.'],
  ])('for %s: 400, by the name of the field and never by what stood in it', async (_, question, why) => {
    const [status, detail] = await refused('/find-member', question);
    expect([status, detail]).toEqual([400, why]);
    expect(detail).not.toMatch(/\d{4}/);
  });

  test('for a bill without a card number: 400', async () => {
    expect(await refused('/find-bill', { cardNumber: '17' })).toEqual([400, 'cardNumber must be 13 digits.']);
  });

  test('for its size: 413', async () => {
    expect(await refused('/find-bill', { cardNumber: card, more: 'x'.repeat(1024) })).toEqual([
      413,
      'The question is larger than 1 kB.',
    ]);
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/xml'])('as %s: 415', async (type) => {
    const why = 'The question must be application/json.';
    expect(await refused('/find-member', byCard, { 'content-type': type })).toEqual([415, why]);
  });

  test('in a compression that nobody knows: 415', async () => {
    const [status] = await refused('/find-member', byCard, { 'content-encoding': 'zip' });
    expect(status).toBe(415);
  });

  test('elsewhere: 404', async () => {
    expect((await refused('/find-members', byCard))[0]).toBe(404);
  });
});

test.each([
  ['GET', '/find-member', 'POST'],
  ['PUT', '/find-bill', 'POST'],
  ['DELETE', '/openapi.json', 'GET'],
])('%s %s: 405', async (method, path, allowed) => {
  const { send } = await offering();
  const { status, type, response } = await send({ path: `/membership${path}`, method });
  expect([status, type]).toEqual([405, 'application/problem+json; charset=utf-8']);
  expect(response.headers.get('allow')).toBe(allowed);
});

test('members that cannot be read: 503, and the log knows why', async () => {
  const cannot = () => Promise.reject(new MembershipUnavailable('The members in members.db cannot be read.'));
  const { ask, troubles } = await offering({ findMember: cannot, findBill: cannot });
  const { status, body } = await ask('/find-member', byCard);
  expect([status, body.detail]).toEqual([503, 'Nobody can tell at this moment.']);
  expect(troubles).toMatchObject([{ error: { name: 'MembershipUnavailable' } }]);
});

test('a service that tells what cannot be is a fault here: 500, and nothing of it is told', async () => {
  const { ask, troubles } = await offering({
    findMember: async () => ({ cardNumber: card }) as never,
    findBill: async () => null,
  });
  const { status, text } = await ask('/find-member', byCard);
  expect([status, text.includes(card), troubles.length]).toEqual([500, false, 1]);
});

test('a hotline that offers its members to nobody has no such address', async () => {
  const { send } = await serving({ switchboard: echo().switchboard });
  for (const path of ['/membership/find-member', '/membership/openapi.json'])
    expect((await send({ path, method: 'GET' })).status).toBe(404);
});

type Schema = Record<string, unknown>;
type Document = {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, { post: { operationId: string; requestBody: Content; responses: Record<string, Content> } }>;
  components: { schemas: Record<string, Schema> };
};
type Content = { content: Record<string, { schema: { $ref: string } }> };

describe('the OpenAPI document', () => {
  const document = async () => {
    const { send } = await offering();
    const { status, text } = await send({ path: '/membership/openapi.json', method: 'GET' });
    expect(status).toBe(200);
    return JSON.parse(text) as Document;
  };

  /** What a program makes of a shape that has nothing but the document. */
  function shapeOf({ components }: Document, { content }: Content): z.ZodType {
    const [{ schema }] = Object.values(content) as [{ schema: { $ref: string } }];
    const whole = JSON.stringify({ $ref: schema.$ref, $defs: components.schemas });
    return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')));
  }

  test('says where the service is, and names only shapes that it has', async () => {
    const { openapi, servers, ...rest } = await document();
    expect([openapi, servers]).toEqual(['3.1.1', [{ url }]]);
    const named = [...JSON.stringify(rest).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in rest.components.schemas))).toEqual([]);
  });

  test('fits every real question and answer', async () => {
    const [whole, { ask }] = [await document(), await offering()];
    const [byNumber, billOf] = [whole.paths['/find-member']!.post, whole.paths['/find-bill']!.post];
    for (const { cardNumber, nik } of inventedMembers(today)) {
      const questions = [
        [byNumber, '/find-member', { number: { kind: 'card', digits: cardNumber } }],
        [byNumber, '/find-member', { number: { kind: 'nik', digits: nik ?? '0000000000000000' } }],
        [billOf, '/find-bill', { cardNumber }],
      ] as const;
      for (const [{ requestBody, responses }, path, question] of questions) {
        expect(shapeOf(whole, requestBody).safeParse(question).success).toBe(true);
        const { body } = await ask(path, question);
        expect(shapeOf(whole, responses[200]!).safeParse(body).error).toBeUndefined();
      }
    }
  });

  test('fits every refusal, and no answer that leaves something out', async () => {
    const [whole, { ask }] = [await document(), await offering()];
    const { requestBody, responses } = whole.paths['/find-member']!.post;
    const refusal = await ask('/find-member', {});
    expect(shapeOf(whole, responses[400]!).safeParse(refusal.body).success).toBe(true);
    const { body } = await ask('/find-member', byCard);
    const { segment: _, ...less } = body.member as Schema;
    expect(shapeOf(whole, responses[200]!).safeParse({ member: less }).success).toBe(false);
    expect(shapeOf(whole, requestBody).safeParse({ number: { kind: 'card', digits: '17' } }).success).toBe(false);
  });
});
