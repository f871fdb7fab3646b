import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Log } from '../../src/log.ts';
import type { MembershipService } from '../../src/membership/membership.ts';
import { membershipDoor } from '../../src/membershipDoor.ts';

export const apiKey = 'key-of-these-tests';

/** What a membership service on the network may do in the place of answering. */
export const lies = {
  html: (_request, response) => respond(response, 200, 'text/html', '<h1>Sedang dalam pemeliharaan</h1>'),
  'an empty answer': (_request, response) => respond(response, 200, 'application/json', ''),
  'half of the JSON': (_request, response) =>
    respond(response, 200, 'application/json', '{"member":{"cardNumber":"00099990000'),
  'another shape': (_request, response) =>
    respond(response, 200, 'application/json', '{"peserta":{"noKartu":"0009999000017"}}'),
  'a list': (_request, response) => respond(response, 200, 'application/json', '[]'),
  nothing: (_request, response) => respond(response, 200, 'application/json', 'null'),
  'a flood': (_request, response) => respond(response, 200, 'application/json', ' '.repeat(70_000)),
  'JSON as text': (_request, response) => respond(response, 200, 'text/plain', '{"member":null}'),
  400: (_request, response) => respond(response, 400, 'application/problem+json', '{}'),
  401: (_request, response) => respond(response, 401, 'application/problem+json', '{}'),
  404: (_request, response) => respond(response, 404, 'text/html', 'Cannot POST'),
  429: (_request, response) => respond(response, 429, 'text/plain', 'later'),
  500: (_request, response) => respond(response, 500, 'application/json', '{"member":null}'),
  503: (_request, response) => respond(response, 503, 'text/html', 'maintenance'),
  'a redirect': (_request, response) => void response.writeHead(302, { location: '/find-member' }).end(),
  'slow headers': () => {},
  'a slow body': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).write('{"member":'),
  'a body broken off': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"member":');
    setImmediate(() => response.destroy());
  },
  'a connection cut': (request) => void request.socket.destroy(),
} satisfies Record<string, (request: IncomingMessage, response: ServerResponse) => void>;

export type Lie = keyof typeof lies;

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** A service on a port of its own that answers for these members while `next` allows it, and lies when it names a lie. */
export async function memberServer(members: MembershipService, log: Log) {
  const kept = { asked: 0, connections: 0, next: (): Lie | null => null };
  const app = express();
  const server = createServer((request, response) => {
    kept.asked += 1;
    const lie = kept.next();
    request.on('end', () => lie !== null && lies[lie](request, response));
    if (lie === null) app(request, response);
    else request.resume();
  });
  server.on('connection', () => {
    kept.connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/membership`;
  app.use('/membership', membershipDoor({ members, apiKey, url, log }));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(kept, { url, close });
}
