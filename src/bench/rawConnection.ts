import { connect } from 'node:net';
import type { CallRequest } from './callRequests.ts';

/** What came back: the status and the whole body. */
export type RawAnswer = { status: number; body: string };

/** One kept-alive connection, on which one request is under way at a time. */
export type RawConnection = {
  /** Rejects where the server ends the connection before the answer. */
  ask(request: Buffer): Promise<RawAnswer>;
  /** A server ends what was idle for some seconds. */
  isOpen(): boolean;
  close(): void;
};

const END_OF_HEAD = '\r\n\r\n';

/** A request as it goes over the wire, made ahead, so that measuring it costs the sender next to nothing. */
export function onTheWire({ path, headers, body }: CallRequest, host: string): Buffer {
  const all = { host, ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'keep-alive' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/**
 * A connection to a server that gives every answer its length, as Express does. Much less than an HTTP client: what the
 * sender spends, the measured server would lack on a machine of two cores.
 */
export function rawConnection(host: string, port: number): RawConnection {
  const socket = connect({ host, port, noDelay: true });
  let [received, settle]: [string, PromiseWithResolvers<RawAnswer> | null] = ['', null];
  const fail = (error?: Error) => settle?.reject(error ?? new Error('The server closed a connection in use.'));
  socket
    .setEncoding('latin1')
    .on('error', fail)
    .on('close', () => fail());
  socket.on('data', (text) => {
    received += text;
    const answer = answerIn(received);
    if (!answer) return;
    received = '';
    settle?.resolve(answer);
  });
  return {
    ask(request) {
      settle = Promise.withResolvers();
      if (socket.destroyed) fail();
      socket.write(request);
      return settle.promise;
    },
    isOpen: () => !socket.destroyed && !socket.readableEnded,
    close: () => socket.destroy(),
  };
}

function answerIn(text: string): RawAnswer | null {
  const head = text.indexOf(END_OF_HEAD);
  if (head < 0) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  const begin = head + END_OF_HEAD.length;
  const end = begin + Number(length ?? 0);
  return text.length < end ? null : { status: Number(text.slice(9, 12)), body: text.slice(begin, end) };
}
