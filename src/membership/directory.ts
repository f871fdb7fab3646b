import type { DatabaseSync } from 'node:sqlite';
import { type FamilyRecord, type FamilyTerms, memberFrom, type PersonRecord, peopleBilled } from './family.ts';
import { inventedFamilies } from './inventedMembers.ts';
import * as membersDatabase from './membersDatabase.ts';
import {
  type Bill,
  type Member,
  type MemberNumber,
  type MembershipService,
  MembershipUnavailable,
} from './membership.ts';
import { monthOf } from './months.ts';
import { population } from './population.ts';
import { billFor } from './rules.ts';

/** Our own members, kept in one file. */
export type MemberDirectory = MembershipService & {
  /** Puts these families in the place of the population there was. The invented members stay. */
  replacePopulation(families: Iterable<FamilyRecord>): void;
  close(): void;
};

const firstPopulation = { members: 2000, seed: 1 };

/**
 * The membership service of a desk without any other: a file of invented members and an invented population, made at
 * first use. `today` is the day (`YYYY-MM-DD`) in WIB. Throws MembershipUnavailable when the file cannot be used.
 */
export function memberDirectory({ file, today }: { file: string; today: () => string }): MemberDirectory {
  const database = orUnavailable(file, () => opened(file, today()));
  const search = orUnavailable(file, () => searchesOf(database));
  let laidFor = monthOf(today());

  /** A new month makes the invented members' payments a month older: lay them anew. */
  function keepUpWithTime(): void {
    if (laidFor === monthOf(today())) return;
    try {
      membersDatabase.inOneGo(database, () => membersDatabase.layInvented(database, inventedFamilies(today())));
      laidFor = monthOf(today());
    } catch {
      // Somebody else is writing; the lookup itself can go on, and the next one tries again.
    }
  }

  function find(number: MemberNumber): Found | null {
    keepUpWithTime();
    return orUnavailable(file, () => foundFrom(search[number.kind].get(number.digits) as Row | undefined));
  }

  return {
    async findMember(number: MemberNumber): Promise<Member | null> {
      const found = find(number);
      return found && memberFrom(found.person, found.family, today());
    },
    async findBill(cardNumber: string): Promise<Bill | null> {
      const found = find({ kind: 'card', digits: cardNumber });
      return found && billOf(found, today());
    },
    replacePopulation: (families) => orUnavailable(file, () => membersDatabase.replacePopulation(database, families)),
    close: () => database.close(),
  };
}

type Row = PersonRecord & FamilyTerms & { codes: string };
type Found = { person: PersonRecord; family: FamilyTerms & { codes: readonly string[] } };

function opened(file: string, today: string): DatabaseSync {
  const database = membersDatabase.openMembersDatabase(file);
  try {
    membersDatabase.inOneGo(database, () => {
      membersDatabase.layInvented(database, inventedFamilies(today));
      if (!membersDatabase.isPopulated(database))
        membersDatabase.layPopulation(database, population({ ...firstPopulation, today }));
    });
    membersDatabase.answerQuickly(database);
  } catch (trouble) {
    database.close();
    throw trouble;
  }
  return database;
}

function searchesOf(database: DatabaseSync) {
  const select = `
    SELECT m.card_number AS cardNumber, m.nik, m.status_code AS statusCode,
      f.segment, f.care_class AS careClass, f.paid_through AS paidThrough,
      (SELECT json_group_array(status_code) FROM members WHERE family = m.family) AS codes
    FROM members m JOIN families f ON f.id = m.family`;
  return {
    card: database.prepare(`${select} WHERE m.card_number = ?`),
    nik: database.prepare(`${select} WHERE m.nik = ?`),
  };
}

function foundFrom(row: Row | undefined): Found | null {
  if (!row) return null;
  const { cardNumber, nik, statusCode, segment, careClass, paidThrough, codes } = row;
  return {
    person: { cardNumber, nik, statusCode },
    family: { segment, careClass, paidThrough, codes: JSON.parse(codes) as string[] },
  };
}

function billOf({ person, family }: Found, today: string): Bill | null {
  const { segment, careClass, paidThrough, codes } = family;
  const familySize = peopleBilled(codes);
  if (paidThrough === null || familySize === 0) return null;
  return billFor({ cardNumber: person.cardNumber, segment, familySize, careClass, paidThrough, today });
}

function orUnavailable<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MembershipUnavailable(`The members in ${file} cannot be read: ${reason}`, { cause });
  }
}
