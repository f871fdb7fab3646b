import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

/** One request as it goes over the wire, and how long and how much of an answer is waited for. */
export type Outgoing = {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  connectMs: number;
  totalMs: number;
  maxBytes: number;
};

/** What came back over the wire. */
export type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Why nothing usable came back. `connected` is false when the server was never reached. */
export type Fault = { fault: 'host' | 'connection' | 'tls' | 'timeout' | 'too large'; connected: boolean; why: string };

/** Makes one HTTP request without following redirects; troubles are values, it never throws. */
export function roundTrip(out: Outgoing): Promise<Reply | Fault> {
  return new Promise((resolve) => {
    const send = out.url.protocol === 'https:' ? overHttps : overHttp;
    let connected = false;
    const request = send(out.url, { method: out.method, headers: out.headers });
    const done = (outcome: Reply | Fault) => {
      clearTimeout(total);
      clearTimeout(connecting);
      resolve(outcome);
      if ('fault' in outcome) request.destroy();
    };
    const total = setTimeout(() => done(timedOut(connected, out.totalMs)), out.totalMs);
    const connecting = setTimeout(() => !connected && done(timedOut(false, out.connectMs)), out.connectMs);
    request.on('socket', (socket) => {
      if (!socket.connecting) connected = true;
      else socket.once('connect', () => (connected = true));
    });
    request.on('response', (answer) => read(answer, out.maxBytes, done));
    request.on('error', (error: NodeJS.ErrnoException) => done(faultOf(error, connected && !request.reusedSocket)));
    request.end(out.body ?? undefined);
  });
}

function read(answer: IncomingMessage, maxBytes: number, done: (outcome: Reply | Fault) => void): void {
  const parts: Buffer[] = [];
  let size = 0;
  answer.on('data', (part: Buffer) => {
    size += part.length;
    if (size > maxBytes) done({ fault: 'too large', connected: true, why: `the answer is over ${maxBytes} bytes` });
    else parts.push(part);
  });
  answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }));
  answer.on('error', (error: NodeJS.ErrnoException) => done(faultOf(error, true)));
}

function timedOut(connected: boolean, ms: number): Fault {
  const what = connected ? 'the whole answer did not come' : 'no connection was made';
  return { fault: 'timeout', connected, why: `${what} within ${ms} ms` };
}

function faultOf(error: NodeJS.ErrnoException, connected: boolean): Fault {
  const code = error.code ?? '';
  const why = error.message || code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { fault: 'host', connected: false, why };
  // A wrong certificate comes after the connection and would be as wrong at a second attempt.
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code))
    return { fault: 'tls', connected: true, why };
  return { fault: 'connection', connected, why };
}
