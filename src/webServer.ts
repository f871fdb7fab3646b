import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Settings } from './config.ts';

/** A web server that listens, and how it is stopped. */
export type WebServer = {
  server: Server;
  /** Hands what comes to this application from now on. */
  serve(app: Application): void;
  /**
   * Accepts nobody any more and resolves when all requests that had come are answered, or given up. The last answer on
   * each connection says that it is the last, so that a proxy which keeps connections asks elsewhere from then on.
   */
  close(): Promise<void>;
};

/** An application of Express, and the prototypes that it gives to each request and each response. */
type Application = RequestListener & { request: object; response: object };

/** How long requests that are being answered may take to end once the server closes: who stops it waits ten seconds. */
const LAST_ANSWERS_MS = 8_000;

/** A web server on this address that hands what comes to nobody yet. Rejects where the port is taken. */
export async function webServer(
  { host, port }: Pick<Settings, 'host' | 'port'>,
  lastAnswersMs = LAST_ANSWERS_MS,
): Promise<WebServer> {
  class Request extends IncomingMessage {}
  class Response extends ServerResponse<Request> {}
  const server = createServer({ IncomingMessage: Request, ServerResponse: Response });
  // The latest answer of each connection, until the next one. Where every answer goes in and out of a Set, V8 lays it anew
  // again and again, and what stood in the old ones is kept until all of memory is looked through.
  const latest = new Map<Socket, ServerResponse>();
  let isClosing = false;
  server.on('connection', (socket) => socket.once('close', () => latest.delete(socket)));
  server.on('request', (request, response) => {
    if (isClosing) sayLast(response);
    latest.set(request.socket, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    server,
    serve(app) {
      // To give an object another prototype is slow. Here each is born with the one that Express would give it.
      app.request = Object.setPrototypeOf(Request.prototype, app.request);
      app.response = Object.setPrototypeOf(Response.prototype, app.response);
      server.on('request', app);
    },
    async close() {
      isClosing = true;
      for (const response of latest.values()) sayLast(response);
      const impatience = setTimeout(() => server.closeAllConnections(), lastAnswersMs);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(impatience);
    },
  };
}

function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
