import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { memberDirectory } from '../../src/membership/directory.ts';
import { MembershipUnavailable } from '../../src/membership/membership.ts';
import { population } from '../../src/membership/population.ts';
import { membershipContract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'members-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${++files}`, 'members.sqlite');
const today = () => '2026-11-21';
const card = (digits: string) => ({ kind: 'card', digits }) as const;

membershipContract('directory', (day) => {
  const directory = memberDirectory({ file: newFile(), today: () => day });
  return { service: directory, close: directory.close };
});

describe('the members in a file', () => {
  it('are readable by their owner only', () => {
    const file = newFile();
    memberDirectory({ file, today }).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are the same after a restart, the first population too', async () => {
    const file = newFile();
    const first = memberDirectory({ file, today });
    const before = await first.findMember(card('0009990000000'));
    first.close();
    const second = memberDirectory({ file, today });
    expect(before).not.toBeNull();
    expect(await second.findMember(card('0009990000000'))).toEqual(before);
    second.close();
  });

  it('may be opened by two programs at once', async () => {
    const file = newFile();
    const [one, other] = [memberDirectory({ file, today }), memberDirectory({ file, today })];
    expect(await one.findMember(card('0009999000017'))).toEqual(await other.findMember(card('0009999000017')));
    one.close();
    other.close();
  });

  it('give way to another population, the invented members to call as stay', async () => {
    const directory = memberDirectory({ file: newFile(), today });
    const size = { members: 30, seed: 7 };
    directory.replacePopulation(size, population({ ...size, today: today() }));
    expect(await directory.findMember(card('0009990000029'))).not.toBeNull();
    expect(await directory.findMember(card('0009990000030'))).toBeNull();
    expect(await directory.findMember(card('0009999000017'))).not.toBeNull();
    directory.close();
  });
});

describe('a population', () => {
  const knows = async (directory: ReturnType<typeof memberDirectory>, digits: string) =>
    (await directory.findMember(card(digits))) !== null;

  /** A file whose population of 30,000 broke off after 25,000, as when the computer is switched off. */
  function brokenOff(): string {
    const file = newFile();
    const directory = memberDirectory({ file, today });
    const size = { members: 30_000, seed: 7 };
    function* families() {
      yield* population({ members: 25_000, seed: 7, today: today() });
      throw new Error('the computer was switched off');
    }
    expect(() => directory.replacePopulation(size, families())).toThrow('switched off');
    directory.close();
    return file;
  }

  it('of nobody stays one of nobody', async () => {
    const file = newFile();
    const directory = memberDirectory({ file, today });
    directory.replacePopulation({ members: 0, seed: 1 }, []);
    directory.close();
    const again = memberDirectory({ file, today });
    expect(await knows(again, '0009990000000')).toBe(false);
    expect(await knows(again, '0009999000017')).toBe(true);
    again.close();
  });

  it('that was never finished gives way to the small one, and whoever starts the server is told', async () => {
    const warnings: string[] = [];
    const file = brokenOff();
    const open = () => memberDirectory({ file, today, warn: (sentence) => warnings.push(sentence) });
    const directory = open();
    expect(warnings).toEqual([
      `The population of 30000 members (seed 7) in ${file} was never finished; 2000 members (seed 1) are in its place. npm run seed makes it anew.`,
    ]);
    expect(await knows(directory, '0009990001999')).toBe(true);
    expect(await knows(directory, '0009990002000')).toBe(false);
    directory.close();
    open().close();
    expect(warnings).toHaveLength(1);
  });

  it('that was never finished is finished by the next one', async () => {
    const directory = memberDirectory({ file: brokenOff(), today, warn: () => {} });
    const size = { members: 30, seed: 7 };
    directory.replacePopulation(size, population({ ...size, today: today() }));
    expect([await knows(directory, '0009990000029'), await knows(directory, '0009990000030')]).toEqual([true, false]);
    directory.close();
  });

  it('is not mixed with another that somebody lays meanwhile', async () => {
    const file = newFile();
    const [slow, quick] = [memberDirectory({ file, today }), memberDirectory({ file, today })];
    function* families() {
      yield* population({ members: 25_000, seed: 7, today: today() });
      quick.replacePopulation({ members: 0, seed: 1 }, []);
    }
    expect(() => slow.replacePopulation({ members: 25_000, seed: 7 }, families())).toThrow(/laid another population/);
    expect(await knows(slow, '0009990000000')).toBe(false);
    slow.close();
    quick.close();
  });

  it('of a file made before populations were marked is taken as it is', async () => {
    const file = newFile();
    const directory = memberDirectory({ file, today });
    const size = { members: 30, seed: 7 };
    directory.replacePopulation(size, population({ ...size, today: today() }));
    directory.close();
    const older = new DatabaseSync(file);
    older.exec('DROP TABLE population');
    older.close();
    const again = memberDirectory({ file, today });
    expect([await knows(again, '0009990000029'), await knows(again, '0009990000030')]).toEqual([true, false]);
    again.close();
  });
});

describe('a server that runs from one month into the next', () => {
  it('keeps "3 months in arrears" true, and lets everybody else fall behind', async () => {
    let day = '2026-11-30';
    const directory = memberDirectory({ file: newFile(), today: () => day });
    const family = { segment: 'mandiri', careClass: 3, paidThrough: '2026-10' } as const;
    const members = [{ cardNumber: '0009990000000', nik: null, statusCode: '0' }];
    directory.replacePopulation({ members: 1, seed: 0 }, [{ ...family, members }]);
    expect((await directory.findMember(card('0009990000000')))?.statusCode).toBe('0');
    day = '2026-12-01';
    expect((await directory.findMember(card('0009990000000')))?.statusCode).toBe('9');
    expect((await directory.findBill('0009990000000'))?.monthsInArrears).toBe(1);
    expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(3);
    directory.close();
  });

  it('answers although somebody else is writing, and catches up afterwards', async () => {
    let day = '2026-11-30';
    const file = newFile();
    const directory = memberDirectory({ file, today: () => day });
    const writer = new DatabaseSync(file);
    writer.exec('BEGIN IMMEDIATE');
    day = '2026-12-01';
    expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(4);
    writer.exec('ROLLBACK');
    expect((await directory.findBill('0009999000020'))?.monthsInArrears).toBe(3);
    writer.close();
    directory.close();
  });
});

describe('members that cannot be read', () => {
  it('are unavailable, not unknown, when the file is no database', () => {
    const file = join(folder, 'letter.sqlite');
    writeFileSync(file, 'Dear Sir or Madam, '.repeat(100));
    expect(() => memberDirectory({ file, today })).toThrow(MembershipUnavailable);
  });

  it('are unavailable while somebody else holds the whole file', () => {
    const file = join(folder, 'locked.sqlite');
    const holder = new DatabaseSync(file);
    holder.exec('BEGIN EXCLUSIVE');
    expect(() => memberDirectory({ file, today })).toThrow(MembershipUnavailable);
    holder.exec('ROLLBACK');
    holder.close();
    memberDirectory({ file, today }).close();
  });

  it('are unavailable in the middle of a call, and there again when the trouble is over', async () => {
    const file = newFile();
    const directory = memberDirectory({ file, today });
    const meddler = new DatabaseSync(file);
    meddler.exec('ALTER TABLE members RENAME TO elsewhere');
    const question = directory.findMember(card('0009999000017'));
    await expect(question).rejects.toThrow(MembershipUnavailable);
    await expect(directory.findBill('0009999000017')).rejects.toMatchObject({ cause: expect.any(Error) });
    meddler.exec('ALTER TABLE elsewhere RENAME TO members');
    expect(await directory.findMember(card('0009999000017'))).not.toBeNull();
    meddler.close();
    directory.close();
  });
});
