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
type MemberDirectory = MembershipService & {
  /** Puts these families, so many members of this seed, in the place of the population there was. The invented stay. */
  replacePopulation(size: membersDatabase.PopulationSize, families: Iterable<FamilyRecord>): void;
  close(): void;
};

const firstPopulation = { members: 2000, seed: 1 };

type DirectoryParts = {
  file: string;
  /** The day (`YYYY-MM-DD`) in WIB. */
  today: () => string;
  /** Told in one sentence when the population in the file was never finished; a warning of the process otherwise. */
  warn?: (sentence: string) => void;
};

const warnOnStandardError = (sentence: string) => process.emitWarning(sentence, 'UnfinishedPopulation');

/**
 * The membership service of a desk without any other: a file of invented members and an invented population, made at
 * first use. Throws MembershipUnavailable when the file cannot be used.
 */
export function memberDirectory({ file, today, warn = warnOnStandardError }: DirectoryParts): MemberDirectory {
  const { database, unfinished } = orUnavailable(file, () => opened(file, today()));
  if (unfinished)
    warn(
      `The population of ${inPrint(unfinished)} in ${file} was never finished; ${inPrint(firstPopulation)} are in its place. npm run seed makes it anew.`,
    );
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
    replacePopulation: (size, families) =>
      orUnavailable(file, () => membersDatabase.replacePopulation(database, size, families)),
    close: () => database.close(),
  };
}

type Row = PersonRecord & FamilyTerms & { codes: string };
type Found = { person: PersonRecord; family: FamilyTerms & { codes: readonly string[] } };

const inPrint = ({ members, seed }: membersDatabase.PopulationSize) => `${members} members (seed ${seed})`;

function opened(file: string, today: string) {
  const database = membersDatabase.openMembersDatabase(file);
  try {
    const unfinished = membersDatabase.inOneGo(database, () => {
      membersDatabase.layInvented(database, inventedFamilies(today));
      const broken = membersDatabase.unfinishedPopulation(database);
      if (!membersDatabase.isPopulated(database))
        membersDatabase.layPopulation(database, firstPopulation, population({ ...firstPopulation, today }));
      return broken;
    });
    membersDatabase.answerQuickly(database);
    return { database, unfinished };
  } catch (trouble) {
    database.close();
    throw trouble;
  }
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
