import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { settingsTable } from '../../src/settings.ts';
import { carrierOf } from './carrier.ts';
import { ownFolder } from './folder.ts';
import { ownProcess } from './ownProcess.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

type Service = {
  environment?: Record<string, string>;
  ports?: string[];
  read_only: boolean;
  cap_drop: string[];
  init?: boolean;
};
const compose: { services: Record<string, Service>; configs: Record<string, { file: string }> } = parse(
  read('compose.yaml'),
  { merge: true },
);
const { one, two, proxy, database } = compose.services;
const dockerfile = read('Dockerfile');
const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources]) => sources!.split(' '));
const { scripts, devDependencies } = JSON.parse(read('package.json'));

describe('the image', () => {
  test('has the Node that the package has', () => {
    const [, major] = /\^(\d+)\./.exec(devDependencies.node)!;
    expect(dockerfile).toContain(`FROM node:${major}-`);
  });

  test('is made of files and scripts that there are, and of no others', () => {
    for (const source of copied) expect(existsSync(join(root, source)), source).toBe(true);
    for (const [, script] of dockerfile.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty(script!);
    expect(dockerfile).toContain(`CMD ${JSON.stringify(scripts.start.split(' ')).replaceAll(',', ', ')}`);
    const letIn = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    expect(letIn.map((line) => line.slice(1)).sort()).toEqual(copied.toSorted());
  });

  test('sets what can be set, and in compose as well', () => {
    const known = [...Object.values(settingsTable).map(({ name }) => name), 'NODE_ENV'];
    const [, pairs] = /^ENV (.+)$/m.exec(dockerfile)!;
    expect(known).toEqual(expect.arrayContaining(pairs!.split(' ').map((pair) => pair.split('=')[0])));
    expect(known).toEqual(expect.arrayContaining(Object.keys(one!.environment!)));
  });

  test('says whether it is healthy', async () => {
    const [, check] = /HEALTHCHECK .+\\\n +CMD (\[.+\])$/m.exec(dockerfile)!;
    const [, flag, script] = JSON.parse(check!) as string[];
    const { url, end } = await ownProcess({ PORT: '0', DATA_DIR: ownFolder() });
    const { port } = new URL(url);
    const exitCode = async () =>
      (await once(spawn(process.execPath, [flag!, script!], { env: { PORT: port } }), 'exit'))[0];
    expect(await exitCode()).toBe(0);
    await end('SIGTERM');
    expect(await exitCode()).toBe(1);
  });
});

test('everything in compose is read-only and may do nothing, and only the proxy has a port, for this machine', () => {
  for (const service of [one, two, proxy, database])
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  expect(Object.values(compose.services).flatMap(({ ports = [] }) => ports)).toEqual(proxy!.ports);
  expect(proxy!.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  expect(two).toEqual(one);
});

test('the proxy in front asks all copies there are, and is where compose says', () => {
  const conf = read(compose.configs.proxy!.file);
  const upstreams = [...conf.matchAll(/upstream \w+ {([^}]+)}/g)].map(([, copies]) => copies!);
  expect(upstreams).toHaveLength(2);
  for (const copies of upstreams) {
    const addresses = [...copies.matchAll(/server (\S+) /g)].map(([, address]) => address);
    expect(addresses).toEqual(['one', 'two'].map((name) => `${name}:${one!.environment!.PORT}`));
  }
  expect(proxy!.ports![0]).toMatch(new RegExp(`:${/listen (\d+);/.exec(conf)![1]}$`));
});

test('the proxy gives up a copy that hangs while the carrier still waits for another, and none that asks its caller to wait', () => {
  const conf = read('nginx.conf');
  const msOf = (name: string) => 1_000 * Number(new RegExp(`${name} (\\d+)s;`).exec(conf)![1]);
  const [patience, inAll] = [msOf('proxy_read_timeout'), msOf('proxy_next_upstream_timeout')];
  const carrierWaitsMs = 15_000;
  expect(settingsTable.askToWaitAfterMs.read.safeParse(`${patience}`).success).toBe(false);
  expect(inAll).toBeGreaterThan(patience);
  expect(2 * patience).toBeLessThan(carrierWaitsMs);
});

test('a server whose page is built writes nowhere but to its data folder, and starts no other program', async () => {
  const folder = ownFolder();
  const allowed = [
    ...['--permission', '--allow-fs-read=*', `--allow-fs-write=${folder}`, '--allow-worker', '--allow-net'],
    '--no-warnings',
  ];
  const authToken = 'tokenOfAServerThatWritesNothing';
  const { url, end } = await ownProcess({ PORT: '0', DATA_DIR: folder, TWILIO_AUTH_TOKEN: authToken }, allowed);
  expect(await carrierOf(url, authToken)('/voice')).toContain('action="/voice/turns/1"');
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(`${url}/map.json`)).status).toBe(200);
  expect(await end('SIGTERM')).toMatchObject({ code: 0 });
});
