import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Settings } from './config.ts';

/** A web server that listens, and how it is stopped. */
export type WebServer = {
  server: Server;
  /**
   * Accepts nobody any more and resolves when all requests that had come are answered, or given up. The last answer on
   * each connection says that it is the last, so that a proxy which keeps connections asks elsewhere from then on.
   */
  close(): Promise<void>;
};

/** How long requests that are being answered may take to end once the server closes: who stops it waits ten seconds. */
const LAST_ANSWERS_MS = 8_000;

/** A web server on this address that hands what comes to nobody yet. Rejects where the port is taken. */
export async function webServer(
  { host, port }: Pick<Settings, 'host' | 'port'>,
  lastAnswersMs = LAST_ANSWERS_MS,
): Promise<WebServer> {
  const server = createServer();
  const unanswered = new Set<ServerResponse>();
  let isClosing = false;
  server.on('request', (_request, response) => {
    if (isClosing) sayLast(response);
    unanswered.add(response);
    response.once('close', () => unanswered.delete(response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    server,
    async close() {
      isClosing = true;
      for (const response of unanswered) sayLast(response);
      const impatience = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(impatience);
    },
  };
}

function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
