import { spawnSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { postgresDatabase } from '../../src/database/postgresDatabase.ts';
import { memberTables } from '../../src/database/steps.ts';
import { membersIn } from '../../src/membership/membersIn.ts';
import { population } from '../../src/membership/population.ts';
import { ownPostgres } from '../database/ownPostgres.ts';
import { asLaidBefore, membershipContract } from './contract.ts';

const postgres = await ownPostgres();

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

async function opened(url: string, day = () => '2026-11-21', warn = (_: string) => {}) {
  const database = await postgresDatabase(url, memberTables, 4);
  closing.push(database.close);
  return membersIn(database, { today: day, warn });
}

const card = (digits: string) => ({ kind: 'card', digits }) as const;
const whole = (members: number) => population({ members, seed: 7, today: '2026-11-21' });

membershipContract('members in PostgreSQL', async (day) => {
  const service = await opened(await postgres.newDatabase(), () => day);
  return { service, close: () => {} };
});

membershipContract('members in PostgreSQL, laid by the release before this one', async (day) => {
  const url = await postgres.newDatabase();
  const service = await opened(url, () => day);
  const client = new pg.Client(url);
  await client.connect();
  await client.query(asLaidBefore);
  await client.end();
  return { service, close: () => {} };
});

describe('members in PostgreSQL', () => {
  it('are laid once by copies that start together', async () => {
    const url = await postgres.newDatabase();
    for (const directory of await Promise.all([1, 2, 3].map(() => opened(url)))) {
      expect(await directory.findMember(card('0009990001999'))).not.toBeNull();
      expect(await directory.findMember(card('0009990002000'))).toBeNull();
      expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(3);
    }
  });

  it('are seeded by the command that seeds a file', async () => {
    const url = await postgres.newDatabase();
    const env = {
      ...process.env,
      DATABASE_URL: url,
      DATA_KEY: '00'.repeat(32),
      TWILIO_AUTH_TOKEN: 'aTokenOfAllCopies',
    };
    const { status, stdout } = spawnSync(process.execPath, ['src/commands/seed.ts', '--members', '30000'], {
      encoding: 'utf8',
      env,
    });
    expect(stdout).toMatch(/^30000 members of seed 1 are in PostgreSQL at 127\.0\.0\.1:\d+\/hotline_\d+ \(/);
    expect(status).toBe(0);
    const directory = await opened(url);
    expect(await directory.findMember(card('0009990029999'))).not.toBeNull();
    expect(await directory.findMember(card('0009990030000'))).toBeNull();
  });

  it('of a population that was never finished give way to the small one, and whoever starts the server is told', async () => {
    const url = await postgres.newDatabase();
    const first = await opened(url);
    function* families() {
      yield* whole(25_000);
      throw new Error('the computer was switched off');
    }
    await expect(first.replacePopulation({ members: 30_000, seed: 7 }, families())).rejects.toThrow('switched off');
    const warnings: string[] = [];
    const second = await opened(url, undefined, (sentence) => void warnings.push(sentence));
    expect(warnings).toEqual([
      expect.stringMatching(/The population of 30000 members \(seed 7\) .* was never finished/),
    ]);
    expect(await second.findMember(card('0009990001999'))).not.toBeNull();
    expect(await second.findMember(card('0009990002000'))).toBeNull();
  });

  it('keep up with the months, on every copy', async () => {
    const url = await postgres.newDatabase();
    let day = '2026-11-30';
    const copies = await Promise.all([opened(url, () => day), opened(url, () => day)]);
    day = '2026-12-01';
    const bills = await Promise.all([...copies, ...copies].map((copy) => copy.findBill('0009999000020')));
    expect(bills.map((bill) => bill?.monthsInArrears)).toEqual([3, 3, 3, 3]);
  });
});
