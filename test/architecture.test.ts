import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { expect, test } from 'vitest';

/** Who may import whom, beside itself. `src` is the files at its top, which put the rooms together. */
const mayImport: Record<string, readonly string[]> = {
  prompts: [],
  'src/membership': ['src/database'],
  'src/call': ['prompts', 'src/membership'],
  callflows: ['src/call', 'src/membership'],
  'src/channels': ['src/call'],
  'src/database': [],
  'src/store': ['src/call', 'src/membership', 'src/database'],
  'src/simulator': [],
  'src/console': [],
  'src/desk': ['prompts', 'callflows', 'src/call', 'src/simulator', 'src/console'],
  'src/walker': ['prompts', 'callflows', 'src/call', 'src/membership', 'src/simulator', 'src'],
  src: ['prompts', 'callflows', 'src/call', 'src/membership', 'src/channels', 'src/store', 'src/database', 'src/desk'],
  'src/load': ['prompts', 'src/membership', 'src/simulator', 'src'],
  'src/bench': ['src/call', 'src/membership', 'src/store', 'src/simulator', 'src/load', 'src'],
  'src/commands': [
    'prompts',
    'callflows',
    'src/call',
    'src/membership',
    'src/channels',
    'src/store',
    'src/database',
    'src/simulator',
    'src/walker',
    'src/load',
    'src/bench',
    'src',
  ],
};

/** What is known in one place only. */
const keptTo: readonly [what: string, pattern: RegExp, place: RegExp][] = [
  ['express', /from 'express'/, /^src\/(server|(carrier|membership|metrics)Door|(desk|bench)\/\w+)\.ts$/],
  ['twilio', /from 'twilio/, /^src\/(channels\/|bench\/tutorialHandler)/],
  ['xstate', /from 'xstate/, /^(callflows|src\/call)\//],
  ['prom-client', /from 'prom-client'/, /^src\/metrics\.ts$/],
  ['opentelemetry', /from '@opentelemetry\//, /^src\/traces\.ts$/],
  ['traces, loaded at start', /^import (?!type).*\/traces\.ts'/m, /^nowhere$/],
  ['react', /from 'react/, /^src\/console\//],
  ['cockatiel', /from 'cockatiel'/, /^src\/membership\//],
  ['SQL drivers', /from '(node:sqlite|pg|kysely)'/, /^src\/(database|bench)\//],
  ['elkjs', /from 'elkjs/, /^src\/desk\//],
  ['process.env', /process\.env\b/, /^src\/config\.ts$/],
];

const root = join(import.meta.dirname, '..');
const filesIn = (room: string) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((path) => join(room, path.replaceAll('\\', '/')))
    .filter((path) => /\.tsx?$/.test(path));
const rooms = Object.keys(mayImport).sort((a, b) => b.length - a.length);
const roomOf = (path: string) => rooms.find((room) => path.startsWith(`${room}/`))!;
const sources = ['src', 'callflows', 'prompts'].flatMap(filesIn);

test.each(sources)('%s knows only whom it may know', (file) => {
  const source = readFileSync(join(root, file), 'utf8');
  const imports = [...source.matchAll(/(?:from|import) ?\(?'(\.[^']+)'/g)].map(([, path]) =>
    roomOf(join(dirname(file), path!)),
  );
  const room = roomOf(file);
  expect(imports.filter((other) => other !== room && !mayImport[room]!.includes(other))).toEqual([]);
  for (const [what, pattern, place] of keptTo) if (pattern.test(source)) expect(file, what).toMatch(place);
});

test.each([...sources, ...filesIn('test')])('%s is at most 250 lines long', (file) => {
  expect(readFileSync(join(root, file), 'utf8').split('\n').length - 1).toBeLessThanOrEqual(250);
});
