import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { callSid, echo, refusals, serving, signatureOf } from './carrier.ts';

const caller = '+6281200000000';

test.each([
  { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
  { 'content-type': 'Application/X-WWW-Form-Urlencoded ; version=1; charset="utf-8";' },
  { 'content-encoding': 'Identity' },
])('a form may say that it is plain UTF-8: %o', async (headers) => {
  const { post } = await serving({ switchboard: echo().switchboard });
  expect((await post({ path: '/voice', headers })).status).toBe(200);
});

test('a form may come in pieces that end in the middle of a letter', async () => {
  const { switchboard, asked } = echo();
  const { send } = await serving({ switchboard });
  const form = { CallSid: callSid, From: caller, FromCity: 'Yogyakarta é' };
  const bytes = Buffer.from(`CallSid=${callSid}&From=%2B6281200000000&FromCity=Yogyakarta é`);
  const body = ReadableStream.from([bytes.subarray(0, -1), bytes.subarray(-1)]);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signatureOf('/voice', form),
  };
  expect((await send({ path: '/voice', headers, body })).status).toBe(200);
  expect(asked).toMatchObject([{ caller }]);
});

test.each(['application/x-www-form-urlencoded', 'text/plain'])('more than 64 kB of %s: 413', async (type) => {
  const large = { path: '/voice', body: 'x'.repeat(64 * 1024 + 1), headers: { 'content-type': type } };
  expect(await refusals(large)).toEqual([413, 'The body is larger than 64 kB.\n']);
});

test('a megabyte on a connection that ends with it: 413, once all of it has come', async () => {
  const { port, post } = await serving({ switchboard: echo().switchboard });
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /voice HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n');
  await new Promise((sent) => socket.write(Buffer.alloc(500_000, 'x'), sent));
  await post({ path: '/voice' }); // meanwhile the server has read what was sent
  expect(socket.bytesRead).toBe(0);
  socket.write(Buffer.alloc(500_000, 'x'));
  expect(await text(socket)).toMatch(/^HTTP\/1.1 413 /);
});

test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])('%s: 415', async (type) => {
  const wrongType = { path: '/voice', body: '{}', headers: { 'content-type': type } };
  expect(await refusals(wrongType)).toEqual([415, 'The body must be application/x-www-form-urlencoded.\n']);
});

test.each([
  { 'content-encoding': 'gzip' },
  { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' },
])('a form with %o: 415', async (headers) => {
  const strange = await refusals({ path: '/voice', headers });
  expect(strange).toEqual([415, 'The body must be in UTF-8 and not compressed.\n']);
});

test('a form that breaks off is noted, and who calls next is answered', async () => {
  const { switchboard, asked } = echo();
  const { post, notes, port } = await serving({ switchboard });
  const socket = connect(port, '127.0.0.1');
  const head = 'POST /voice HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n';
  socket.end(`${head}Content-Length: 99\r\n\r\nCallSid=${callSid}`);
  await vi.waitFor(() => expect(notes).toMatchObject([{ status: 400, reason: 'The request was broken off.' }]));
  expect((await post({ path: '/voice' })).status).toBe(200);
  expect(asked).toHaveLength(1);
});
