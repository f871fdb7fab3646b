import { type IncomingHttpHeaders, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { readSettings } from '../../src/config.ts';
import { frontDesk } from '../../src/frontDesk.ts';
import { startHotline } from '../../src/hotline.ts';
import type { MembershipService } from '../../src/membership/membership.ts';
import { keptLog } from '../rim/carrier.ts';
import { ownFolder } from '../rim/folder.ts';

const nobody: MembershipService = { findMember: async () => null, findBill: async () => null };

/** The password of the consoles of these tests. */
export const consolePassword = 'twelve letters at least';

type Asking = { method?: string; headers?: Record<string, string>; body?: string };
type Answered = { status: number; headers: IncomingHttpHeaders; text: string };

function asked(address: string, { method = 'GET', headers = {}, body }: Asking): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers, agent: false }, async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    sent.once('error', reject).end(body);
  });
}

/** Whether the console gives a page its telephone: `open`, or how it was refused. */
function dialled(address: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(address.replace('http', 'ws'), { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('error', ({ message }) => resolve(/\d{3}/.exec(message)?.[0] ?? 'closed'));
  });
}

/** A hotline with the console that these settings give it, and whoever stands at its door. */
export async function atTheDoor(env: NodeJS.ProcessEnv = {}) {
  const settings = readSettings({ PORT: '0', DATA_DIR: ownFolder(), ...env });
  const kept = keptLog();
  const { listensAt, close } = await startHotline(settings, { membership: nobody, log: kept.log }, frontDesk);
  onTestFinished(close);
  const ask = (path: string, asking: Asking = {}) => asked(listensAt + path, asking);
  const logIn = (password: string, headers: Record<string, string> = {}) =>
    ask('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ password }).toString(),
    });
  return {
    ask,
    logIn,
    listensAt,
    ...kept,
    telephone: (headers: Record<string, string> = {}) => dialled(`${listensAt}/telephone`, headers),
    /** What a browser shows after it has logged in. */
    async badge() {
      const [cookie = ''] = (await logIn(consolePassword)).headers['set-cookie'] ?? [];
      return cookie.split(';')[0]!;
    },
  };
}
