import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A wire to a server, which can be cut and mended: while it is cut nobody gets through. */
export async function wireTo(url: string) {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  let isWhole = true;
  const server = createServer((near) => {
    if (!isWhole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.pipe(other);
      end.on('error', () => end.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
  });
  const cut = () => {
    isWhole = false;
    for (const end of ends) end.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend() {
      isWhole = true;
    },
  };
}
