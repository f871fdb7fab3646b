import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { pageFolder } from '../../src/desk/page.ts';
import { atTheDoor } from './atTheDoor.ts';

vi.mock('../../src/desk/page.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  pageFolder: join(mkdtempSync(join(tmpdir(), '.hidden-')), 'dist'),
  buildWherePageIsOld: async () => {},
}));
afterAll(() => rmSync(dirname(pageFolder), { recursive: true, force: true }));

test('the console is served wherever the checkout stands, also in a folder whose name begins with a dot', async () => {
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  for (const name of ['index.html', 'map.json', 'assets/a.js']) writeFileSync(join(pageFolder, name), `of ${name}`);
  const { ask } = await atTheDoor();
  const shown = async (path: string) => [(await ask(path)).status, (await ask(path)).text];
  expect(await shown('/')).toEqual([200, 'of index.html']);
  expect(await shown('/map.json')).toEqual([200, 'of map.json']);
  expect(await shown('/assets/a.js')).toEqual([200, 'of assets/a.js']);
});
