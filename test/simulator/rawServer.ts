import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server of a test that knows nothing of HTTP: it does with a connection what the test says, and counts them. */
export async function rawServer(treat: (socket: Socket) => void) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    told.connections += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    treat(socket);
  });
  const told = { connections: 0, address: '' };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  told.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return told;
}

/** Answers every request with these bytes, whatever they are, and closes the connection where it should. */
export function answering(bytes: string | Buffer, afterwards: 'close' | 'reset' | 'silence') {
  return (socket: Socket) => {
    socket.once('data', () => {
      socket.write(bytes, () => {
        if (afterwards === 'close') socket.end();
        if (afterwards === 'reset') socket.resetAndDestroy();
      });
    });
  };
}
