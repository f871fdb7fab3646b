import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { whenOver } from './whenOver.ts';

/** A request as the line has signed it. */
export type Sent = { path: string; headers: Record<string, string>; body: string };

/** What a copy of the server answers. */
export type Answer = { status: number; body: string };

/** Brings a request to one copy or another, once or more often, and says what the line gets to hear. */
export type Deliver = (sent: Sent) => Promise<Answer>;

/** What the carrier says of a request besides its body. */
const told = ['content-type', 'x-twilio-signature', 'i-twilio-idempotency-token'];

async function sentIn(request: IncomingMessage): Promise<Sent> {
  const headers = Object.fromEntries(told.map((name) => [name, String(request.headers[name] ?? '')]));
  return { path: request.url!, headers, body: await text(request) };
}

/** A place between the line and the copies of the server, where requests are lost, doubled and delayed. */
export async function between() {
  let deliver: Deliver = async () => ({ status: 503, body: '' });
  const server = createServer(async (request, response) => {
    try {
      const { status, body } = await deliver(await sentIn(request));
      response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(body);
    } catch (error) {
      response.writeHead(502, { 'content-type': 'text/plain' }).end(String(error));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  whenOver(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliverBy(way: Deliver) {
      deliver = way;
    },
  };
}

/** What the server at this address answers; rejects where it is gone, or says nothing in time. */
export async function asked(url: string, { path, headers, body }: Sent, withinMs = 20_000): Promise<Answer> {
  const signal = AbortSignal.timeout(withinMs);
  const response = await fetch(url + path, { method: 'POST', headers, body, signal });
  return { status: response.status, body: await response.text() };
}

/** Whether a request is a turn of a call that goes on: what is told of its end gets no answer to compare. */
export const isTurn = ({ path, body }: Sent): boolean =>
  /^\/voice(\/turns\/\d+)?(\?|$)/.test(path) && !/CallStatus=(completed|busy|failed|no-answer|canceled)/.test(body);
