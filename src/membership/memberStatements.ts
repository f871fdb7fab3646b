import type { Filled, Prepare } from '../database/database.ts';
import { inserting } from '../database/inserting.ts';
import type { FamilyRecord } from './family.ts';

/** Families with the ids that they are laid under. */
export type NumberedFamily = FamilyRecord & { id: number };

/** What is told of a member: the person, and the family's terms with the status codes of everybody in it. */
const ofPerson = ['card_number', 'nik', 'status_code'] as const;
const ofFamily = ['segment', 'care_class', 'paid_through', 'family_codes'] as const;

/** What is asked of the tables of members, and done to them. Those to call as have ids below zero, all others above. */
export function memberStatements(prepare: Prepare) {
  const insertFamilies = inserting(prepare, 'families', ['id', 'segment', 'care_class', 'paid_through']);
  const insertMembers = inserting(prepare, 'members', [...ofPerson, 'family', ...ofFamily]);
  return {
    ...searches(prepare),
    ...marks(prepare),
    anyMember: prepare((query) => query.selectFrom('members').select('family').where('family', '>', 0).limit(1)),
    clearInvented: clearing(prepare, '<'),
    clearPopulation: clearing(prepare, '>'),
    lay: (families: readonly NumberedFamily[]): Filled[] => [
      ...insertFamilies(families.map(familyRow)),
      ...insertMembers(families.flatMap(memberRows)),
    ],
  };
}

const termsOf = ({ segment, careClass, paidThrough }: FamilyRecord) =>
  ({ segment, care_class: careClass, paid_through: paidThrough }) as const;

const familyRow = ({ id, ...family }: NumberedFamily) => ({ id, ...termsOf(family) });

function memberRows({ id, ...family }: NumberedFamily) {
  const terms = { ...termsOf(family), family_codes: family.members.map(({ statusCode }) => statusCode).join(',') };
  return family.members.map(({ cardNumber, nik, statusCode }) => ({
    ...{ card_number: cardNumber, nik, status_code: statusCode, family: id },
    ...terms,
  }));
}

export type MemberStatements = ReturnType<typeof memberStatements>;

/** All that is told of a member, and where to find it of those whom the release before this one has laid. */
function searches(prepare: Prepare) {
  const search = (column: 'card_number' | 'nik') =>
    prepare((query, { digits }: { digits: string }) =>
      query
        .selectFrom('members')
        .select([...ofPerson, ...ofFamily])
        .where(column, '=', digits),
    );
  const searchBefore = (column: 'm.card_number' | 'm.nik') =>
    prepare((query, { digits }: { digits: string }) =>
      query
        .selectFrom('members as m')
        .innerJoin('families as f', 'f.id', 'm.family')
        .select(['m.card_number', 'm.nik', 'm.status_code', 'f.segment', 'f.care_class', 'f.paid_through'])
        .select((about) =>
          about
            .selectFrom('members as each')
            .select(({ fn, val }) => fn<string>('string_agg', ['each.status_code', val(',')]).as('codes'))
            .whereRef('each.family', '=', 'm.family')
            .as('family_codes'),
        )
        .where(column, '=', digits),
    );
  return {
    ...{ card: search('card_number'), nik: search('nik') },
    laidBefore: { card: searchBefore('m.card_number'), nik: searchBefore('m.nik') },
  };
}

/** The mark that tells a population that was broken off from a whole one. */
function marks(prepare: Prepare) {
  return {
    mark: prepare((query) => query.selectFrom('population').select(['members', 'seed', 'complete'])),
    unmark: prepare((query) => query.deleteFrom('population')),
    markBegun: prepare((query, { members, seed }: { members: number; seed: number }) =>
      query.insertInto('population').values({ members, seed, complete: 0 }),
    ),
    markComplete: prepare((query) => query.updateTable('population').set({ complete: 1 })),
  };
}

function clearing(prepare: Prepare, side: '<' | '>'): () => Filled[] {
  const members = prepare((query) => query.deleteFrom('members').where('family', side, 0));
  const families = prepare((query) => query.deleteFrom('families').where('id', side, 0));
  return () => [members({}), families({})];
}
