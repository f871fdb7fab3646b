import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SpeechSound, type Stretch, wav } from './wav.ts';

/** The recordings of a network, each at an address from which the application can fetch it. */
export type Recordings = {
  /** Keeps a recording and answers its address, at which `.wav` may stand or not. */
  keep(recording: Omit<Recording, 'url'>): Promise<string>;
  find(sid: string): Recording | null;
  /** The file at an address, made at the moment of asking; null where there is none, or none of that kind. */
  fetch(path: string): Buffer | null;
};

/** What there is to know of a recording; the sound itself is made when somebody wants to hear it. */
export type Recording = {
  sid: string;
  accountSid: string;
  url: string;
  stretches: readonly Stretch[];
  sound: SpeechSound;
  /** Two where each side of a talk has one of its own. */
  channels: 1 | 2;
  /** The call or the conference that was recorded, as a form names it. */
  about: Record<string, string>;
  /** What recorded it, as the carrier names that. */
  source: string;
  begunAt: Date;
  keptAt: Date;
  /** Its length in whole seconds, as the application is told. */
  seconds: string;
  warn(code: number, message: string): void;
};

const mostRecordings = 1_000;

/** The recordings of one network: a small server on this machine gives them out, and keeps no process alive. */
export function recordings(): Recordings {
  const kept = new Map<string, Recording>();
  let server: Promise<Server> | null = null;
  const fetch = (path: string) => {
    const [, sid = '', kind] = /\b(RE[0-9a-f]{32})(?:\.(wav|mp3))?$/.exec(path) ?? [];
    const recording = kept.get(sid);
    if (kind === 'mp3') recording?.warn(12200, `Recording: only WAV is simulated, and ${sid}.mp3 was asked for`);
    return recording && kind !== 'mp3' ? wav(recording.stretches, recording) : null;
  };
  return {
    fetch,
    find: (sid) => kept.get(sid) ?? null,
    async keep(recording) {
      if (kept.size >= mostRecordings) kept.delete(kept.keys().next().value!);
      server ??= open(fetch);
      const { port } = (await server).address() as AddressInfo;
      const { accountSid, sid } = recording;
      const url = `http://127.0.0.1:${port}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
      kept.set(sid, { ...recording, url });
      return url;
    },
  };
}

function open(fetch: (path: string) => Buffer | null): Promise<Server> {
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const sound = /^(GET|HEAD)$/.test(request.method ?? '') ? fetch(path) : null;
    response.writeHead(sound ? 200 : 404, sound ? { 'content-type': 'audio/x-wav' } : {}).end(sound ?? undefined);
  });
  server.unref();
  server.on('connection', (socket) => socket.unref());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
