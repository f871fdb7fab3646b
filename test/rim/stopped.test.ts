import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { readSettings } from '../../src/config.ts';
import { memberDirectory } from '../../src/membership/directory.ts';
import { webServer } from '../../src/webServer.ts';
import { apiKey, memberServer } from '../membership/liar.ts';
import { callSid, keptLog, signatureOf } from './carrier.ts';
import { ownFolder } from './folder.ts';
import { ownProcess } from './ownProcess.ts';

const authToken = 'tokenOfAServerThatStops';

/** Members who are looked up when the test says so, and who tells when they are asked for. */
async function membersWhoTakeTheirTime() {
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const directory = await memberDirectory({ file: join(ownFolder(), 'members.db'), today: () => '2026-11-21' });
  onTestFinished(directory.close);
  const members = await memberServer(
    {
      ...directory,
      async findMember(number) {
        asked.resolve();
        await answered.promise;
        return directory.findMember(number);
      },
    },
    keptLog().log,
  );
  onTestFinished(members.close);
  return { url: members.url, asked: asked.promise, answer: answered.resolve };
}

/** A proxy in front of the server, which keeps one connection and sends turns over it. */
function proxyTo(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return async (path: string, what: Record<string, string> = {}) => {
    const form = { CallSid: callSid, ...what };
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(path, form, url, authToken),
    };
    const asking = request(url + path, { method: 'POST', headers, agent }).end(new URLSearchParams(form).toString());
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    return { status: response.statusCode, connection: response.headers.connection, said: await text(response) };
  };
}

/** Resolves when nobody is let in there any more. */
async function refusing(url: string): Promise<void> {
  const letsIn = () =>
    fetch(`${url}/health`).then(
      () => true,
      () => false,
    );
  while (await letsIn());
}

test('a server that is told to stop in the middle of a turn answers it first, whoever else holds on to it', async () => {
  const members = await membersWhoTakeTheirTime();
  const hotline = await ownProcess({
    ...{ PORT: '0', TWILIO_AUTH_TOKEN: authToken, PRETEND_TODAY: '2026-11-21' },
    ...{ MEMBERSHIP_URL: members.url, MEMBERSHIP_API_KEY: apiKey },
    ...{ MEMBERSHIP_DEADLINE_MS: '6000', ASK_TO_WAIT_AFTER_MS: '5000' },
  });
  const post = proxyTo(hotline.url);
  await post('/voice');
  await post('/voice/turns/1', { Digits: '1' });
  expect(await post('/voice/turns/2', { Digits: '0009999000020' })).toMatchObject({ connection: 'keep-alive' });

  const calls = await fetch(`${hotline.url}/calls`);
  const telephone = new WebSocket(`${hotline.url.replace('http', 'ws')}/telephone`);
  await once(telephone, 'open');
  telephone.send(JSON.stringify({ do: 'call', from: null }));
  await once(telephone, 'message');

  const lastTurn = post('/voice/turns/3', { Digits: '1' });
  await members.asked;
  const ended = hotline.end('SIGTERM');
  await refusing(hotline.url);
  members.answer();
  expect(await lastTurn).toEqual({
    status: 200,
    connection: 'close',
    said: expect.stringContaining('tidak aktif'),
  });
  await calls.text();
  const { code, ms } = await ended;
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});

test('a request that never ends keeps a server for so long and no longer', async () => {
  const { server, close } = await webServer(readSettings({ PORT: '0' }), 50);
  const address = server.address() as { port: number };
  const socket = connect(address.port, '127.0.0.1');
  socket.write('POST /voice HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nhalf');
  await once(server, 'request');
  const cut = once(socket, 'close');
  await close();
  await cut;
});
