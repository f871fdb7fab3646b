import { settingsOfThisProcess } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';

/** What a server with a clock of its own is told: when it begins or what time it is, and what it is asked for. */
export type Order = { now: number } | 'use';

/** What it answers: where it listens, or its memory; and what went wrong so far. */
export type Report = { url: string; rssMB: number; troubles: string[] };

let now = 0;
let url: string | null = null;
const troubles: string[] = [];

async function begin(): Promise<string> {
  const log = jsonLog('error', { write: (line) => void troubles.push(line) });
  const hotline = await startHotline(settingsOfThisProcess(), { now: () => new Date(now), log });
  return hotline.url;
}

process.on('message', async (order: Order) => {
  if (order !== 'use') now = order.now;
  url ??= await begin();
  process.send?.({ url, rssMB: process.memoryUsage.rss() / 2 ** 20, troubles } satisfies Report);
});
process.on('disconnect', () => process.exit());
