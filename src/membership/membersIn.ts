import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { type FamilyRecord, type FamilyTerms, memberFrom, type PersonRecord, peopleBilled } from './family.ts';
import { inventedFamilies } from './inventedMembers.ts';
import { layFirstPopulation, layInvented, type PopulationSize, replacePopulation } from './layMembers.ts';
import { memberStatements } from './memberStatements.ts';
import { type Bill, type MemberNumber, type MembershipService, MembershipUnavailable } from './membership.ts';
import { monthOf } from './months.ts';
import { population } from './population.ts';
import { billFor } from './rules.ts';

/** Our own members, kept in a database. */
export type MemberDirectory = MembershipService & {
  /** Puts these families, so many members of this seed, in the place of the population there was. The invented stay. */
  replacePopulation(size: PopulationSize, families: Iterable<FamilyRecord>): Promise<void>;
};

/** What a directory needs to know of the world. */
export type DirectoryParts = {
  /** The day (`YYYY-MM-DD`) in WIB. */
  today: () => string;
  /** Told in one sentence when the population was never finished; a warning of the process otherwise. */
  warn?: (sentence: string) => void;
};

const firstPopulation = { members: 2000, seed: 1 };

/** So long a lookup waits for the invented families to be laid anew when a month begins. */
const MOMENT_MS = 200;

const warnOnStandardError = (sentence: string) => process.emitWarning(sentence, 'UnfinishedPopulation');

const inPrint = ({ members, seed }: PopulationSize) => `${members} members (seed ${seed})`;

/** What went wrong with a database of members, as callers of a membership service are told. */
export function unavailable(where: string, cause: unknown): MembershipUnavailable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MembershipUnavailable(`The members in ${where} cannot be read: ${reason}`, { cause });
}

/**
 * The membership service of a desk without any other: invented members and an invented population, laid at first use, once
 * by copies that start together. Throws MembershipUnavailable when the database cannot be used.
 */
export async function membersIn(
  database: Database,
  { today, warn = warnOnStandardError }: DirectoryParts,
): Promise<MemberDirectory> {
  const { name, read, alone } = database;
  const statements = memberStatements(database.prepare);
  const orUnavailable = <Result>(work: () => Promise<Result>): Promise<Result> =>
    work().catch((cause) => {
      throw unavailable(name, cause);
    });

  let laidFor = monthOf(today());
  let laying: Promise<void> | null = null;

  async function layAnew(): Promise<void> {
    const day = today();
    await alone(({ write }) => write(layInvented(statements, inventedFamilies(day))));
    laidFor = monthOf(day);
  }

  /** A new month makes the invented members' payments a month older: they are laid anew, once however many ask. */
  async function keepUpWithTime(): Promise<void> {
    laying ??= layAnew()
      .catch(() => {}) // the lookup itself can go on, and the next one tries again
      .finally(() => {
        laying = null;
      });
    await Promise.race([laying, pause(MOMENT_MS, undefined, { ref: false })]);
  }

  const unfinished = await orUnavailable(() =>
    alone(async (tables) => {
      await tables.write(layInvented(statements, inventedFamilies(today())));
      const families = () => population({ ...firstPopulation, today: today() });
      return layFirstPopulation(tables, statements, firstPopulation, families);
    }),
  );
  if (unfinished)
    warn(
      `The population of ${inPrint(unfinished)} in ${name} was never finished; ${inPrint(firstPopulation)} are in its place. npm run seed makes it anew.`,
    );

  async function find({ kind, digits }: MemberNumber): Promise<Found | null> {
    if (laidFor !== monthOf(today())) await keepUpWithTime();
    return orUnavailable(async () => {
      let [row] = await read(statements[kind]({ digits }));
      if (row?.family_codes === null) [row] = await read(statements.laidBefore[kind]({ digits }));
      return row ? foundFrom(row as Row) : null;
    });
  }

  return {
    async findMember(number) {
      const found = await find(number);
      return found && memberFrom(found.person, found.family, today());
    },
    async findBill(cardNumber) {
      const found = await find({ kind: 'card', digits: cardNumber });
      return found && billOf(found, today());
    },
    replacePopulation: (size, families) => orUnavailable(() => replacePopulation(database, statements, size, families)),
  };
}

type Row = {
  card_number: string;
  nik: string | null;
  status_code: string;
  segment: FamilyTerms['segment'];
  care_class: FamilyTerms['careClass'];
  paid_through: string | null;
  family_codes: string;
};
type Found = { person: PersonRecord; family: FamilyTerms & { codes: readonly string[] } };

const foundFrom = (row: Row): Found => ({
  person: { cardNumber: row.card_number, nik: row.nik, statusCode: row.status_code },
  family: {
    segment: row.segment,
    careClass: row.care_class,
    paidThrough: row.paid_through,
    codes: row.family_codes.split(','),
  },
});

function billOf({ person, family }: Found, today: string): Bill | null {
  const { segment, careClass, paidThrough, codes } = family;
  const familySize = peopleBilled(codes);
  if (paidThrough === null || familySize === 0) return null;
  return billFor({ cardNumber: person.cardNumber, segment, familySize, careClass, paidThrough, today });
}
