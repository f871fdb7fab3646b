import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { expect, onTestFinished } from 'vitest';
import type { Switchboard, TurnReport, TurnRequest } from '../../src/call/switchboard.ts';
import type { SpokenTurn } from '../../src/call/turn.ts';
import type { Log } from '../../src/log.ts';
import { createServer, type ServerParts } from '../../src/server.ts';
import { webServer } from '../../src/webServer.ts';

/** The token that the carrier of these tests signs with. */
export const authToken = 'token-of-these-tests';

/** An id as the carrier gives it to a call. */
export const callSid = `CA${'0a'.repeat(16)}`;

/** A log that keeps what it is told. */
export function keptLog() {
  const turns: TurnReport[] = [];
  const notes: unknown[] = [];
  const troubles: { message: string; error: unknown; call: string | undefined }[] = [];
  const log: Log = {
    turn: (report) => void turns.push(report),
    note: (message, fields) => void notes.push({ message, ...fields }),
    trouble: (message, error, call) => void troubles.push({ message, error, call }),
  };
  return { log, turns, notes, troubles };
}

/** A switchboard that says the number of the turn, or this sentence, and keeps what it was asked. */
export function echo(sentence?: string) {
  const asked: TurnRequest[] = [];
  const hungUp: string[] = [];
  const apologised: string[] = [];
  const switchboard: Switchboard = {
    async answer(request) {
      asked.push(request);
      const say = [{ text: sentence ?? `Turn ${request.turn}.`, language: 'id' as const }];
      return {
        say,
        then: { listen: { for: 'key', seconds: 8 } },
        nextTurn: request.turn + 1,
      } satisfies SpokenTurn;
    },
    hangUp: async (callId) => void hungUp.push(callId),
    apologised: (callId) => void apologised.push(callId),
    recent: async () => [],
  };
  return { switchboard, asked, hungUp, apologised };
}

/** A switchboard whose database is locked. */
export const locked: Switchboard = {
  answer: () => Promise.reject(new Error('database is locked')),
  hangUp: () => Promise.reject(new Error('database is locked')),
  apologised: () => {},
  recent: () => Promise.reject(new Error('database is locked')),
};

const usualBaseUrl = 'https://hotline.example.org';

/** What the carrier puts on a form that it sends to this path under this base address. */
export function signatureOf(
  path: string,
  form: Record<string, string | string[]>,
  base = usualBaseUrl,
  token = authToken,
): string {
  return twilio.getExpectedTwilioSignature(token, base.replace(/\/$/, '') + path, form);
}

type Post = {
  path: string;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | ReadableStream;
  method?: string;
};

/** A server that listens on a port of its own, and a carrier that signs what it sends there. */
export async function serving(parts: Partial<ServerParts> & { switchboard: Switchboard }) {
  const kept = keptLog();
  const publicBaseUrl = parts.publicBaseUrl ?? usualBaseUrl;
  const app = createServer({
    authTokens: [authToken],
    publicBaseUrl,
    speech: {
      voices: { id: 'Google.id-ID-Wavenet-A', en: 'Google.en-US-Chirp3-HD-Aoede' },
      officerNumber: '+15005550006',
    },
    trouble: { transfer: 'Maaf, ada gangguan.', goodbye: 'Maaf, masih ada gangguan.', served: 'Sampai jumpa.' },
    checkDatabase: async () => {},
    log: kept.log,
    ...parts,
  });
  const { server, serve, close } = await webServer({ host: '127.0.0.1', port: 0 });
  serve(app);
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  const here = `http://127.0.0.1:${port}`;

  async function send({ path, headers = {}, body, method = 'POST' }: Post) {
    const response = await fetch(here + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
      response,
    };
  }

  /** Sends a form as the carrier would; `headers` and `body` may spoil it. */
  function post({ path, form = { CallSid: callSid, From: '+6281200000000' }, headers = {}, body }: Post) {
    const signature = signatureOf(path, form, publicBaseUrl);
    const signed = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature, ...headers };
    return send({ path, headers: signed, body: body ?? new URLSearchParams(form).toString() });
  }

  return { send, post, port, ...kept };
}

/** Sends what is refused, and sees that nobody hears of it but the log; returns what it is told. */
export async function refusals(bad: Post) {
  const { switchboard, asked, hungUp } = echo();
  const { post, notes } = await serving({ switchboard });
  const { status, type, text } = await post(bad);
  expect([asked, hungUp, type]).toEqual([[], [], 'text/plain; charset=utf-8']);
  expect(notes).toEqual([{ message: 'a request was refused', level: 'warn', status, reason: text.trimEnd() }]);
  return [status, text];
}

/** The carrier, posting what happened in one call. */
export const carrierOf =
  (url: string, authToken: string) =>
  async (path: string, what: Record<string, string> = {}) => {
    const form = { CallSid: callSid, ...what };
    const headers = { 'x-twilio-signature': signatureOf(path, form, url, authToken) };
    return (await fetch(url + path, { method: 'POST', headers, body: new URLSearchParams(form) })).text();
  };
