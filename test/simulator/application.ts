import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as an application of a test received it. */
export type Received = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  form: URLSearchParams;
};

/** What an application of a test answers: TwiML, anything else, or 'hang' and 'reset' for one that breaks. */
export type Answer =
  | string
  | { status?: number; type?: string; body?: string | Buffer; headers?: Record<string, string | string[]> }
  | 'hang'
  | 'reset';

type Route = Answer | ((request: Received) => Answer);

/** A TwiML application for one test, on a free port of this machine; it goes when the test is over. */
export async function application(routes: Record<string, Route>) {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const url = request.url ?? '';
    const { pathname, searchParams } = new URL(url, 'http://here');
    const form = request.method === 'GET' ? searchParams : new URLSearchParams(body);
    const received = { method: request.method ?? '', url, headers: request.headers, body, form };
    requests.push(received);
    const route = routes[pathname] ?? { status: 404, type: 'text/plain', body: 'nothing here' };
    const answer = typeof route === 'function' ? route(received) : route;
    if (answer === 'hang') return;
    if (answer === 'reset') {
      request.socket.destroy();
      return;
    }
    const full = typeof answer === 'string' ? { body: answer } : answer;
    response.writeHead(full.status ?? 200, { 'content-type': full.type ?? 'text/xml', ...full.headers });
    response.end(full.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, port };
}

/** Settings that every call of these tests shares; a patience in which a hanging server is given up soon. */
export const desk = { authToken: 'a token of the desk', seed: 'the same for ever', from: '+6281100000000' };
