import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SpeechSound, type Stretch, wav } from './wav.ts';

/** The recordings of a network, each at an address from which the application can fetch it. */
export type Recordings = {
  /** Keeps a recording and answers its address, at which `.wav` may stand or not. */
  keep(recording: Recording): Promise<string>;
  /** The file of a recording, made at the moment of asking. */
  file(sid: string): Buffer | null;
};

/** What there is to know of a recording; the sound itself is made when somebody wants to hear it. */
type Recording = { sid: string; accountSid: string; stretches: readonly Stretch[]; sound: SpeechSound };

const mostRecordings = 1_000;

/** The recordings of one network: a small server on this machine gives them out, and keeps no process alive. */
export function recordings(): Recordings {
  const kept = new Map<string, Recording>();
  let server: Promise<Server> | null = null;
  const file = (sid: string) => {
    const recording = kept.get(sid);
    return recording ? wav(recording.stretches, recording.sound) : null;
  };
  return {
    file,
    async keep(recording) {
      if (kept.size >= mostRecordings) kept.delete(kept.keys().next().value!);
      kept.set(recording.sid, recording);
      server ??= open(file);
      const { port } = (await server).address() as AddressInfo;
      return `http://127.0.0.1:${port}/2010-04-01/Accounts/${recording.accountSid}/Recordings/${recording.sid}`;
    },
  };
}

function open(file: (sid: string) => Buffer | null): Promise<Server> {
  const server = createServer((request, response) => {
    const sid = /\/(RE[0-9a-f]{32})(?:\.wav)?(?:\?.*)?$/.exec(request.url ?? '')?.[1];
    const sound = sid && /^(GET|HEAD)$/.test(request.method ?? '') ? file(sid) : null;
    response.writeHead(sound ? 200 : 404, sound ? { 'content-type': 'audio/x-wav' } : {}).end(sound ?? undefined);
  });
  server.unref();
  server.on('connection', (socket) => socket.unref());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
