import { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
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
