import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { type Limits, type Stopwatch, stopwatch } from './stopwatch.ts';

/** One request as it goes over the wire, and how long and how much of an answer is waited for. */
export type Outgoing = Limits & {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  /** How large an answer of this content type may be. */
  mostBytes: (type: string) => number;
};

/** What came back over the wire. */
export type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Why nothing usable came back. `connected` is false when the server was never reached. */
export type Fault = {
  fault: 'host' | 'connection' | 'tls' | 'timeout' | 'too large' | 'not HTTP';
  connected: boolean;
  why: string;
  /** The server had closed a connection that was kept from an earlier request. */
  stale?: true;
};

type Done = (outcome: Reply | Fault) => void;

/** Makes one HTTP request without following redirects; troubles are values, it never throws. */
export async function roundTrip(out: Outgoing): Promise<Reply | Fault> {
  try {
    const outcome = await exchange(out);
    const isStale = 'fault' in outcome && outcome.stale;
    return isStale ? await exchange(out, { agent: false }) : outcome;
  } catch (error) {
    return faultOf(error as NodeJS.ErrnoException, false);
  }
}

function exchange(out: Outgoing, options: { agent?: false } = {}): Promise<Reply | Fault> {
  return new Promise((resolve) => {
    const isSecure = out.url.protocol === 'https:';
    const { method, headers } = out;
    const request = (isSecure ? overHttps : overHttp)({ ...placeOf(out.url), method, headers, ...options });
    let [isDone, hasAnswer] = [false, false];
    const done: Done = (outcome) => {
      if (isDone) return;
      isDone = true;
      watch.stop();
      resolve(outcome);
      if ('fault' in outcome) request.destroy();
    };
    const watch = stopwatch(out, done);
    request.on('socket', (socket) => {
      if (!socket.connecting) return watch.connected();
      watch.connecting();
      socket.once(isSecure ? 'secureConnect' : 'connect', watch.connected);
    });
    request.on('response', (answer) => {
      hasAnswer = true;
      read(answer, out.mostBytes(answer.headers['content-type'] ?? ''), watch, done);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && !hasAnswer && error.code === 'ECONNRESET';
      done({ ...faultOf(error, watch.isConnected), ...(isStale && { stale: true }) });
    });
    request.on('close', () => done(brokenOff(watch.isConnected)));
    request.end(out.body ?? undefined);
  });
}

/** Where a request goes, as Node wants it: it takes an address apart more thoroughly, and for every request anew. */
function placeOf({ hostname, port, pathname, search, username, password }: URL) {
  const auth = username || password ? `${decodeURIComponent(username)}:${decodeURIComponent(password)}` : undefined;
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return { host, port, path: pathname + search, auth };
}

function read(answer: IncomingMessage, maxBytes: number, watch: Stopwatch, done: Done): void {
  const { statusCode: status = 0, headers } = answer;
  const parts: Buffer[] = [];
  let size = 0;
  const whole = () => done({ status, headers, body: Buffer.concat(parts).subarray(0, maxBytes) });
  answer.on('data', (part: Buffer) => {
    watch.heard();
    if (size > maxBytes) return;
    size += part.length;
    parts.push(part);
    if (size <= maxBytes) return;
    if (status < 300) done({ fault: 'too large', connected: true, why: `the answer is over ${maxBytes} bytes` });
    else whole();
    // Of an error or a redirect the rest does not matter.
    answer.destroy();
  });
  answer.on('end', whole);
  answer.on('error', (error: NodeJS.ErrnoException) => done(faultOf(error, true)));
}

function brokenOff(connected: boolean): Fault {
  return { fault: 'connection', connected, why: 'the connection was closed before the end of the answer' };
}

function faultOf(error: NodeJS.ErrnoException, connected: boolean): Fault {
  const code = error.code ?? '';
  const why = error.message || code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { fault: 'host', connected: false, why };
  if (code.startsWith('HPE_')) return { fault: 'not HTTP', connected: true, why };
  if (code === 'EPROTO') {
    const reason = /SSL routines:[^:]*:([^:]+)/.exec(why)?.[1] ?? why;
    return { fault: 'tls', connected: true, why: `no TLS there: ${reason}` };
  }
  // A wrong certificate comes after the connection and would be as wrong at a second attempt.
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code))
    return { fault: 'tls', connected: true, why };
  return { fault: 'connection', connected, why };
}
