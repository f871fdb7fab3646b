import { EventEmitter, once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

const ASK_HEALTH_AGAIN_MS = 25;
const overloaded = new Set([502, 503, 504]);

/**
 * A proxy in front of these copies, as anybody would have one: it asks them in turn over connections that it keeps, makes
 * a request again elsewhere that a copy refused or broke off, and leaves that copy out until it is healthy again.
 */
export async function smallProxy(copies: readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  const out = new Set<string>();
  const told = new EventEmitter();
  let nth = 0;
  let askedAgain = 0;
  let isOpen = true;

  async function leaveOut(copy: string): Promise<void> {
    if (out.has(copy)) return;
    out.add(copy);
    const isHealthy = () =>
      fetch(`${copy}/health`)
        .then(({ ok }) => ok)
        .catch(() => false);
    while (isOpen && !(await isHealthy())) await pause(ASK_HEALTH_AGAIN_MS);
    out.delete(copy);
  }

  async function answerOf(copy: string, { method, url, headers }: IncomingMessage, body: Buffer) {
    const asking = request(copy + url, { method, headers, agent }).end(body);
    told.emit(`asks ${copy}`);
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    if (overloaded.has(answer.statusCode!)) throw new Error(`${copy} answers ${answer.statusCode}`);
    return { status: answer.statusCode!, type: answer.headers['content-type'], said: await buffer(answer) };
  }

  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    for (const _ of copies) {
      const there = copies.filter((copy) => !out.has(copy));
      const copy = there[nth++ % there.length];
      if (!copy) break;
      try {
        const { status, type, said } = await answerOf(copy, incoming, body);
        response.writeHead(status, type ? { 'content-type': type } : {}).end(said);
        return void told.emit(`has answered ${copy}`);
      } catch {
        askedAgain += 1;
        leaveOut(copy);
      }
    }
    response.writeHead(502).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    isOpen = false;
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many requests were made again at another copy. */
    askedAgain: () => askedAgain,
    /** Resolves in the moment in which this copy is asked something, or has answered. */
    next: (what: 'asks' | 'has answered', copy: string) => once(told, `${what} ${copy}`),
  };
}
