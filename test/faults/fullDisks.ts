import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ownFolder } from '../rim/folder.ts';
import { type MortalCopy, mortalCopy, settingsFor } from './copies.ts';

/** A server whose disk may be filled, and get room again, while it runs. */
export type OnDisk = { copy: MortalCopy; fill(): Promise<void>; makeRoom(): Promise<void> };

/** Any words of a shell in which a small disk of its own lies over a folder; gone with the process. */
const onSmallDisk = (folder: string, then: string[]) => [
  ...['unshare', '--map-root-user', '--mount', 'sh', '-c'],
  ...['mount -t tmpfs -o size=2m none "$0" && exec "$@"', folder, ...then],
];

/** A disk of 2 MB, which is really full: a write finds no room (ENOSPC). */
async function smallDisk(url: string): Promise<OnDisk> {
  const folder = ownFolder();
  const copy = await mortalCopy(settingsFor(url, { DATA_DIR: folder }), onSmallDisk(folder, []));
  const filler = async () => `/proc/${await copy.pid()}/root${join(folder, 'filler')}`;
  const fill = async () => {
    const path = await filler();
    for (const bytes of [65_536, 4_096, 1]) {
      try {
        for (;;) writeFileSync(path, Buffer.alloc(bytes), { flag: 'a' });
      } catch {} // no room for so much
    }
  };
  return { copy, fill, makeRoom: async () => rmSync(await filler()) };
}

/** A process that may make no file larger, as a quota has it: a write fails (EFBIG). */
async function quota(url: string): Promise<OnDisk> {
  const copy = await mortalCopy(settingsFor(url, { DATA_DIR: ownFolder() }));
  const limit = async (bytes: string) => execFileSync('prlimit', ['--pid', `${await copy.pid()}`, `--fsize=${bytes}:`]);
  return { copy, fill: async () => void (await limit('0')), makeRoom: async () => void (await limit('unlimited')) };
}

/** A database that says of itself that it is full: for systems where nobody may have a small disk or a quota. */
async function sayingSo(url: string): Promise<OnDisk> {
  const folder = ownFolder();
  const copy = await mortalCopy(settingsFor(url, { DATA_DIR: folder }));
  const change = async (sql: string) => {
    const other = new DatabaseSync(join(folder, 'calls.db'), { timeout: 5_000 });
    other.exec(sql);
    other.close();
  };
  const tables = ['calls', 'key_check'];
  const full = "SELECT RAISE(ABORT, 'database or disk is full')";
  return {
    copy,
    fill: () =>
      change(
        tables
          .map(
            (table) => `CREATE TRIGGER no_${table} BEFORE UPDATE ON ${table} BEGIN ${full}; END;
            CREATE TRIGGER no_new_${table} BEFORE INSERT ON ${table} BEGIN ${full}; END;`,
          )
          .join(''),
      ),
    makeRoom: () => change(tables.map((table) => `DROP TRIGGER no_${table}; DROP TRIGGER no_new_${table};`).join('')),
  };
}

const works = ([program, ...words]: string[]) => spawnSync(program!, words).status === 0;

/** Disks that get full, as real as this system lets us have them. */
export const fullDisks: readonly [string, (url: string) => Promise<OnDisk>][] = [
  ['a database that says it is full', sayingSo],
  ...(works(['prlimit', '--version']) ? [['a quota that is used up', quota] as const] : []),
  ...(works(onSmallDisk('/tmp', ['true'])) ? [['a disk without room', smallDisk] as const] : []),
].map(([name, make]) => [name as string, make as (url: string) => Promise<OnDisk>]);
