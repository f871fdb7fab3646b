import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { memberDirectory } from '../../src/membership/directory.ts';
import { MembershipUnavailable } from '../../src/membership/membership.ts';
import { population } from '../../src/membership/population.ts';
import { asLaidBefore, membershipContract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'members-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${++files}`, 'members.sqlite');
const today = () => '2026-11-21';
function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}
const card = (digits: string) => ({ kind: 'card', digits }) as const;

membershipContract('directory', async (day) => {
  const directory = await memberDirectory({ file: newFile(), today: () => day });
  return { service: directory, close: directory.close };
});

membershipContract('directory of the release before this one', async (day) => {
  const file = newFile();
  const directory = await memberDirectory({ file, today: () => day });
  change(file, asLaidBefore);
  return { service: directory, close: directory.close };
});

describe('the members in a file', () => {
  it('are readable by their owner only', async () => {
    const file = newFile();
    await (await memberDirectory({ file, today })).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are the same after a restart, the first population too', async () => {
    const file = newFile();
    const first = await memberDirectory({ file, today });
    const before = await first.findMember(card('0009990000000'));
    await first.close();
    const second = await memberDirectory({ file, today });
    expect(before).not.toBeNull();
    expect(await second.findMember(card('0009990000000'))).toEqual(before);
    await second.close();
  });

  it('may be opened by two programs at once', async () => {
    const file = newFile();
    const [one, other] = [await memberDirectory({ file, today }), await memberDirectory({ file, today })];
    expect(await one.findMember(card('0009999000017'))).toEqual(await other.findMember(card('0009999000017')));
    await one.close();
    await other.close();
  });

  it('give way to another population, the invented members to call as stay', async () => {
    const directory = await memberDirectory({ file: newFile(), today });
    const size = { members: 30, seed: 7 };
    await directory.replacePopulation(size, population({ ...size, today: today() }));
    expect(await directory.findMember(card('0009990000029'))).not.toBeNull();
    expect(await directory.findMember(card('0009990000030'))).toBeNull();
    expect(await directory.findMember(card('0009999000017'))).not.toBeNull();
    await directory.close();
  });
});

describe('a population', () => {
  const knows = async (directory: Awaited<ReturnType<typeof memberDirectory>>, digits: string) =>
    (await directory.findMember(card(digits))) !== null;

  /** A file whose population of 30,000 broke off after 25,000, as when the computer is switched off. */
  async function brokenOff(): Promise<string> {
    const file = newFile();
    const directory = await memberDirectory({ file, today });
    const size = { members: 30_000, seed: 7 };
    function* families() {
      yield* population({ members: 25_000, seed: 7, today: today() });
      throw new Error('the computer was switched off');
    }
    await expect(directory.replacePopulation(size, families())).rejects.toThrow('switched off');
    await directory.close();
    return file;
  }

  it('of nobody stays one of nobody', async () => {
    const file = newFile();
    const directory = await memberDirectory({ file, today });
    await directory.replacePopulation({ members: 0, seed: 1 }, []);
    await directory.close();
    const again = await memberDirectory({ file, today });
    expect(await knows(again, '0009990000000')).toBe(false);
    expect(await knows(again, '0009999000017')).toBe(true);
    await again.close();
  });

  it('that was never finished gives way to the small one, and whoever starts the server is told', async () => {
    const warnings: string[] = [];
    const file = await brokenOff();
    const open = () => memberDirectory({ file, today, warn: (sentence) => warnings.push(sentence) });
    const directory = await open();
    expect(warnings).toEqual([
      `The population of 30000 members (seed 7) in ${file} was never finished; 2000 members (seed 1) are in its place. npm run seed makes it anew.`,
    ]);
    expect(await knows(directory, '0009990001999')).toBe(true);
    expect(await knows(directory, '0009990002000')).toBe(false);
    await directory.close();
    await (await open()).close();
    expect(warnings).toHaveLength(1);
  });

  it('that was never finished is finished by the next one', async () => {
    const directory = await memberDirectory({ file: await brokenOff(), today, warn: () => {} });
    const size = { members: 30, seed: 7 };
    await directory.replacePopulation(size, population({ ...size, today: today() }));
    expect([await knows(directory, '0009990000029'), await knows(directory, '0009990000030')]).toEqual([true, false]);
    await directory.close();
  });

  it('is not mixed with another that somebody lays meanwhile', async () => {
    const file = newFile();
    const [slow, quick] = [await memberDirectory({ file, today }), await memberDirectory({ file, today })];
    let quickly: Promise<void> | undefined;
    function* families() {
      yield* population({ members: 25_000, seed: 7, today: today() });
      quickly = quick.replacePopulation({ members: 0, seed: 1 }, []);
    }
    const slowly = slow.replacePopulation({ members: 25_000, seed: 7 }, families());
    await expect(slowly).rejects.toThrow(/laid another population/);
    await quickly;
    expect(await knows(slow, '0009990000000')).toBe(false);
    await slow.close();
    await quick.close();
  });

  it('of a file made before populations were marked is taken as it is', async () => {
    const file = newFile();
    const directory = await memberDirectory({ file, today });
    const size = { members: 30, seed: 7 };
    await directory.replacePopulation(size, population({ ...size, today: today() }));
    await directory.close();
    const columns = ['segment', 'care_class', 'paid_through', 'family_codes'];
    for (const column of columns) change(file, `ALTER TABLE members DROP COLUMN ${column}`);
    change(file, 'DROP TABLE population; PRAGMA user_version = 0');
    const again = await memberDirectory({ file, today });
    expect([await knows(again, '0009990000029'), await knows(again, '0009990000030')]).toEqual([true, false]);
    await again.close();
  });
});

describe('a server that runs from one month into the next', () => {
  it('keeps "3 months in arrears" true, and lets everybody else fall behind', async () => {
    let day = '2026-11-30';
    const directory = await memberDirectory({ file: newFile(), today: () => day });
    const family = { segment: 'mandiri', careClass: 3, paidThrough: '2026-10' } as const;
    const members = [{ cardNumber: '0009990000000', nik: null, statusCode: '0' }];
    await directory.replacePopulation({ members: 1, seed: 0 }, [{ ...family, members }]);
    expect((await directory.findMember(card('0009990000000')))?.statusCode).toBe('0');
    day = '2026-12-01';
    expect((await directory.findMember(card('0009990000000')))?.statusCode).toBe('9');
    expect((await directory.findBill('0009990000000'))?.monthsInArrears).toBe(1);
    expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(3);
    await directory.close();
  });

  it('answers although somebody else is writing, and catches up afterwards', async () => {
    let day = '2026-11-30';
    const file = newFile();
    const directory = await memberDirectory({ file, today: () => day });
    const writer = new DatabaseSync(file);
    writer.exec('BEGIN IMMEDIATE');
    day = '2026-12-01';
    expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(4);
    writer.exec('ROLLBACK');
    expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(3);
    writer.close();
    await directory.close();
  });
});

describe('members that cannot be read', () => {
  it('are unavailable, not unknown, when the file is no database', async () => {
    const file = join(folder, 'letter.sqlite');
    writeFileSync(file, 'Dear Sir or Madam, '.repeat(100));
    await expect(memberDirectory({ file, today })).rejects.toThrow(MembershipUnavailable);
  });

  it('are unavailable while somebody else holds the whole file', async () => {
    const file = join(folder, 'locked.sqlite');
    const holder = new DatabaseSync(file, { timeout: 5_000 });
    holder.exec('BEGIN EXCLUSIVE');
    await expect(memberDirectory({ file, today })).rejects.toThrow(MembershipUnavailable);
    holder.exec('ROLLBACK');
    holder.close();
    await (await memberDirectory({ file, today })).close();
  });

  it('are unavailable in the middle of a call, and there again when the trouble is over', async () => {
    const file = newFile();
    const directory = await memberDirectory({ file, today });
    const meddler = new DatabaseSync(file);
    meddler.exec('ALTER TABLE members RENAME TO elsewhere');
    const question = directory.findMember(card('0009999000017'));
    await expect(question).rejects.toThrow(MembershipUnavailable);
    await expect(directory.findBill('0009999000017')).rejects.toMatchObject({ cause: expect.any(Error) });
    meddler.exec('ALTER TABLE elsewhere RENAME TO members');
    expect(await directory.findMember(card('0009999000017'))).not.toBeNull();
    meddler.close();
    await directory.close();
  });
});
