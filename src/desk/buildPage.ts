import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { drawMap } from './map.ts';
import { pageFolder, stateOfThePage } from './page.ts';

/** Builds the page of the console, and draws its map beside it. */
const state = stateOfThePage();
await build({
  root: join(import.meta.dirname, '../console'),
  configFile: false,
  base: './',
  logLevel: 'warn',
  build: { outDir: pageFolder, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
});
writeFileSync(join(pageFolder, 'map.json'), JSON.stringify(await drawMap()));
// Last, so that a page that was built halfway is built again.
writeFileSync(join(pageFolder, 'built-from'), state);
