import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Connections, clientConfig } from './connections.ts';
import type { News } from './database.ts';

const CHANNEL = 'hotline_news';

/** So soon a listener whose connection was lost tries to listen again, and so often one makes sure that it is not. */
const AGAIN_MS = 250;
const STILL_THERE_MS = 15_000;

/** News over the LISTEN and NOTIFY of the PostgreSQL at this address. */
export function postgresNews(url: string, { ask }: Connections): News {
  // Whoever calls out is told as well, and knows by this that it was itself.
  const self = randomBytes(6).toString('hex');
  return {
    async callOut(words) {
      await ask({ name: 'hotline news', text: `SELECT pg_notify('${CHANNEL}', $1)`, values: [`${self} ${words}`] });
    },
    listen(hear, missed) {
      const stopping = new AbortController();
      const heard = (payload = '') => {
        if (!payload.startsWith(self)) hear(payload.slice(payload.indexOf(' ') + 1));
      };
      const ended = listenOn(url, heard, missed, stopping.signal);
      return () => {
        stopping.abort();
        return ended;
      };
    },
  };
}

/** Listens until it is told to stop, on one connection after the other; between two of them something may be missed. */
async function listenOn(url: string, heard: (payload?: string) => void, missed: () => void, stop: AbortSignal) {
  for (let isFirst = true; !stop.aborted; isFirst = false) {
    const client = new pg.Client(clientConfig(url));
    const tried = new AbortController();
    client.on('notification', ({ payload }) => heard(payload));
    const over = new Promise<unknown>((resolve) => {
      client.once('error', resolve).once('end', resolve);
      stop.addEventListener('abort', resolve, { signal: tried.signal });
    });
    // A connection can be lost without a word, and who only listens would never know.
    const pulse = setInterval(() => client.query('SELECT 1').catch(() => client.end()), STILL_THERE_MS).unref();
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      if (!isFirst) missed();
      await over;
    } catch {} // the next connection will do
    clearInterval(pulse);
    tried.abort();
    await client.end().catch(() => {});
    await pause(AGAIN_MS, undefined, { signal: stop }).catch(() => {});
  }
}
