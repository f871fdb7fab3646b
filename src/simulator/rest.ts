import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inventedAccount } from './invented.ts';
import type { DialOptions } from './line.ts';
import { refuseMistakes } from './mistakes.ts';
import type { Network } from './network.ts';
import { notFound, type RestAnswer, type RestRequest, refusal } from './rest/restAnswer.ts';
import { changeCall, showCall, startCall } from './rest/restCalls.ts';
import { sendMessage, showMessage } from './rest/restMessages.ts';
import { showRecording } from './rest/restRecordings.ts';

/** Whose account the REST interface serves, and how the calls go that are made through it. */
export type RestOptions = Omit<DialOptions, 'from' | 'to' | 'network' | 'clock' | 'accountSid'> & {
  /** By default the account that the line invents for this token, as in every call that names none. */
  accountSid?: string;
  /** A free one by default. */
  port?: number;
};

/** The same with the account settled. */
export type RestAccount = RestOptions & { accountSid: string };

/** A REST interface that listens on this machine. */
export type RestApi = { url: string; accountSid: string; close(): Promise<void> };

const longestForm = 64 * 1024;

/**
 * The part of the carrier's REST interface that applications use from inside a call, on a port of this machine, a
 * free one where none is named: calls that are begun, changed and looked at, messages, recordings. It asks for the account
 * and its token (basic authentication) and answers in the carrier's shapes, so its official client works with it.
 * Rejects when the port is taken, and where there is no token.
 */
export async function restApi(network: Network, given: RestOptions): Promise<RestApi> {
  refuseMistakes(given);
  const options: RestAccount = { ...given, accountSid: given.accountSid ?? inventedAccount(given.authToken) };
  const server = createServer(async (request, response) => {
    const answer = await judge(request, network, options);
    const type = 'sound' in answer ? 'audio/x-wav' : 'application/json';
    response.writeHead(answer.status, { 'content-type': type });
    response.end('sound' in answer ? answer.sound : JSON.stringify(answer.json));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(given.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accountSid: options.accountSid,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function judge(request: IncomingMessage, network: Network, options: RestAccount): Promise<RestAnswer> {
  const { pathname, searchParams } = URL.parse(request.url ?? '', 'http://here') ?? new URL('http://here');
  if (!isKnown(request.headers.authorization, options)) return refusal(401, 20003, 'Authenticate');
  const form = request.method === 'POST' ? await readForm(request) : searchParams;
  if (!form) return refusal(413, 20001, `The form is over ${longestForm} bytes`);
  const account = `/2010-04-01/Accounts/${options.accountSid}/`;
  if (!pathname.startsWith(account)) return notFound(pathname);
  const path = pathname.slice(account.length);
  const order = { method: request.method ?? '', path, form };
  return route(order, network, options) ?? notFound(pathname);
}

type Route = (order: RestRequest, network: Network, options: RestAccount, sid: string) => RestAnswer | null;

const routes: readonly [method: string, path: RegExp, answer: Route][] = [
  ['POST', /^Calls(?:\.json)?$/, startCall],
  ['POST', /^Calls\/(CA[0-9a-f]{32})(?:\.json)?$/, changeCall],
  ['GET', /^Calls\/(CA[0-9a-f]{32})(?:\.json)?$/, showCall],
  ['POST', /^Messages(?:\.json)?$/, sendMessage],
  ['GET', /^Messages\/(SM[0-9a-f]{32})(?:\.json)?$/, showMessage],
  ['GET', /^Recordings\/(RE[0-9a-f]{32})(?:\.(?:wav|mp3|json))?$/, showRecording],
];

function route(order: RestRequest, network: Network, options: RestAccount): RestAnswer | null {
  const there = routes.filter(([, path]) => path.test(order.path));
  const [, path, answer] = there.find(([method]) => method === order.method) ?? [];
  if (there.length > 0 && !answer) return refusal(405, 20004, 'Method not allowed');
  return answer?.(order, network, options, path?.exec(order.path)?.[1] ?? '') ?? null;
}

function isKnown(header: string | undefined, { accountSid, authToken }: RestAccount): boolean {
  const given = Buffer.from(/^Basic (.+)$/i.exec(header ?? '')?.[1] ?? '', 'base64');
  const wanted = Buffer.from(`${accountSid}:${authToken}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The form, or null for one that is too long or broken off: a long one is read to its end, or the refusal is lost. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request) {
      size += part.length;
      if (size <= longestForm) parts.push(part);
    }
  } catch {
    return null;
  }
  return size > longestForm ? null : new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}
