import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

/** One request as it goes over the wire, and how long and how much of an answer is waited for. */
export type Outgoing = {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  connectMs: number;
  /** To the answer, and between two pieces of it. */
  readMs: number;
  totalMs: number;
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
    const request = (isSecure ? overHttps : overHttp)(out.url, { method, headers, ...options });
    let hasAnswer = false;
    const done: Done = (outcome) => {
      watch.stop();
      resolve(outcome);
      if ('fault' in outcome) request.destroy();
    };
    const watch = stopwatch(out, done);
    request.on('socket', (socket) => {
      if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', watch.heard);
      else watch.heard();
    });
    request.on('response', (answer) => {
      hasAnswer = true;
      answer.on('data', watch.heard);
      read(answer, out.mostBytes(answer.headers['content-type'] ?? ''), done);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && !hasAnswer && error.code === 'ECONNRESET';
      done({ ...faultOf(error, watch.connected), ...(isStale && { stale: true }) });
    });
    request.on('close', () => hasAnswer || done(brokenOff(watch.connected)));
    request.end(out.body ?? undefined);
  });
}

/** Loses patience when the connection, the next piece of the answer or the whole of it do not come in time. */
function stopwatch({ connectMs, readMs, totalMs }: Outgoing, done: Done) {
  let isConnected = false;
  const total = setTimeout(() => done(timedOut(isConnected, totalMs)), totalMs);
  let silence = setTimeout(() => done(timedOut(false, connectMs)), connectMs);
  let isStopped = false;
  return {
    get connected() {
      return isConnected;
    },
    heard() {
      isConnected = true;
      clearTimeout(silence);
      if (!isStopped) silence = setTimeout(() => done(timedOut(true, readMs)), readMs);
    },
    stop() {
      isStopped = true;
      clearTimeout(silence);
      clearTimeout(total);
    },
  };
}

function read(answer: IncomingMessage, maxBytes: number, done: Done): void {
  const { statusCode: status = 0, headers } = answer;
  const parts: Buffer[] = [];
  let size = 0;
  const whole = () => done({ status, headers, body: Buffer.concat(parts).subarray(0, maxBytes) });
  answer.on('data', (part: Buffer) => {
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
  answer.on('close', () => done(brokenOff(true)));
}

function timedOut(connected: boolean, ms: number): Fault {
  const what = connected ? 'the whole answer did not come' : 'no connection was made';
  return { fault: 'timeout', connected, why: `${what} within ${ms} ms` };
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
