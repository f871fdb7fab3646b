import { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { webServer } from '../../src/webServer.ts';
import { echo, serving } from './carrier.ts';

test('a request is born with the prototype that Express gives it, and so is its answer', async () => {
  const { post } = await serving({ switchboard: echo().switchboard });
  const changed = { not: 0, prototype: 0 };
  const give = vi.spyOn(Object, 'setPrototypeOf').mockImplementation((thing, prototype) => {
    if (thing instanceof IncomingMessage || thing instanceof ServerResponse)
      changed[Object.getPrototypeOf(thing) === prototype ? 'not' : 'prototype'] += 1;
    Reflect.setPrototypeOf(thing, prototype);
    return thing;
  });
  onTestFinished(() => give.mockRestore());
  await post({ path: '/voice' });
  expect(changed).toEqual({ not: 2, prototype: 0 });
});

test('of several answers on one connection only the last says that it is the last, when the server stops', async () => {
  const { server, close } = await webServer({ host: '127.0.0.1', port: 0 });
  const answers: ServerResponse[] = [];
  server.on('request', (_request, response) => answers.push(response));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /one HTTP/1.1\r\nHost: here\r\n\r\nGET /two HTTP/1.1\r\nHost: here\r\n\r\n');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  const closed = close();
  for (const answer of answers) answer.end();
  expect((await text(socket)).match(/^Connection: .*$/gm)).toEqual(['Connection: keep-alive', 'Connection: close']);
  await closed;
});
