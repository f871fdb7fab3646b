import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Connections } from '../../src/database/connections.ts';
import { postgresNews } from '../../src/database/postgresNews.ts';

/** An address at which everybody who comes is turned away; resolves when so many have come. */
async function turnsAway(most: number) {
  const enough = Promise.withResolvers<void>();
  let came = 0;
  const server = createServer((socket) => {
    socket.destroy();
    if (++came === most) enough.resolve();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return { url: `postgres://127.0.0.1:${(server.address() as { port: number }).port}/x`, enough: enough.promise };
}

test('who tries again and again to listen keeps nothing of the tries before', async () => {
  const { url, enough } = await turnsAway(5);
  const adds = vi.spyOn(EventTarget.prototype, 'addEventListener');
  onTestFinished(() => adds.mockRestore());
  const stop = postgresNews(url, {} as Connections).listen(
    () => {},
    () => {},
  );
  await enough;
  const signals = new Set(adds.mock.contexts.filter((target) => target instanceof AbortSignal));
  expect(signals.size).toBeGreaterThan(0);
  for (const signal of signals) expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(2);
  await stop();
});
