import { isFresh, patienceLeft } from '../../callflows/gist.ts';
import type { TracedCall } from '../call/record.ts';
import { inventedMembers } from '../membership/inventedMembers.ts';
import type { Act, OfficerAnswer } from '../simulator/recorded/act.ts';
import type { Moment, Step } from './moment.ts';

/** How much of what callers may do is tried. */
export type Reach = {
  /** Ends of the card numbers of the members who call; the first one tries what all others would do as well. */
  members: readonly string[];
  /** Whether all other invented members call as well. */
  andAllOthers: boolean;
  /** Whether every member is also called for by NIK. */
  byNik: boolean;
  /** Whether every key is tried of everybody, and patience also in other languages than the first. */
  thorough: boolean;
};

/** A member as a caller knows them: both numbers, the second one perhaps unknown. */
export type Caller = { card: string; nik: string | null };

/** Numbers that lead to nobody: too short, between the lengths, all digits equal, no day of birth, unknown, doubtful. */
const wrongNumbers = [
  '00099990000#',
  '00099990000011#',
  '5555555555555#',
  '3201019913850001',
  '0009999777777#',
  '9901010101900001',
  '3201010101900000',
];

const keys = [...'1234567890*#'];
/** What is tried where somebody stood before: what a menu may offer, and back; and of who asked to hear it again. */
const choices = [...'12*'];
const again = [...'9#'];
/** Of who was not understood, or pressed nothing. */
const missing = [...'17'];
/** And of who was with no officer. */
const afterOfficers = [...'134'];

const presses = (typed: string): Act => ({ does: 'presses', keys: typed, afterMs: null });
const officers: readonly OfficerAnswer[] = ['answers', 'is busy', 'does not answer'];
const hangUp: Act = { does: 'hangs up', when: 'when it waits' };
const silence: Act = { does: 'stays quiet' };

/** The invented members of this day who call, in the order of the reach. */
export function callers(today: string, { members, andAllOthers }: Reach): Caller[] {
  const all = inventedMembers(today).map(({ cardNumber, nik }) => ({ card: cardNumber, nik }));
  const first = members.flatMap((end) => all.filter(({ card }) => card.endsWith(end)));
  return andAllOthers ? [...new Set([...first, ...all])] : first;
}

/**
 * All that a caller may do at a moment. Everything is tried where nobody has stood before; who comes to the same place
 * as another, misses, repeats or was failed by an officer tries what may go another way.
 */
export function actsAt({ stored: { state } }: Moment, { who, reach, isFirst }: Tries): Act[] {
  const { rest } = state;
  if ('hangUp' in rest) return [];
  if ('transfer' in rest) return [...officers.map((how): Act => ({ does: 'officer', how })), hangUp];
  const other = otherOnTheWay(state, who);
  if (other) return [presses(rest.listen.for === 'key' ? '1' : proofOf(other, state))];
  const whole = isFirst || (isFresh(state) && reach.thorough);
  if (!whole && !reach.thorough && isLeftOut(state)) return [];
  const single = keysFor(state, whole).map(presses);
  const wait = whole || (!isFresh(state) && patienceLeft(state).repeated === 0) ? [silence] : [];
  const end = whole ? [hangUp] : [];
  if (rest.listen.for === 'key') return [...single, ...wait, ...end];
  const typed = rest.listen.digits === 4 ? proofs(state, who) : numbers(state, { who, reach });
  return [...single.filter((act) => !isOneDigit(act)), ...typed.map(presses), ...wait, ...end];
}

/** What a thin walk leaves out: patience in another language than that of all calls, and after officers who were not there. */
function isLeftOut(state: TracedCall): boolean {
  const { missed, repeated } = patienceLeft(state);
  const { language, officersMissed } = state.place.context.session;
  return language !== 'id' ? missed > 0 || repeated > 1 || officersMissed > 0 : officersMissed > 0 && repeated > 0;
}

/** Who calls, how much is tried, and whether nobody has stood at this place before. */
export type Tries = { who: readonly Caller[]; reach: Reach; isFirst: boolean };

function keysFor(state: TracedCall, whole: boolean): readonly string[] {
  const { missed, repeated } = patienceLeft(state);
  if (whole) return keys;
  if (state.place.context.session.officersMissed > 0) return missed > 0 ? [] : afterOfficers;
  if (missed > 0) return missing;
  return repeated > 0 ? again : choices;
}

const isOneDigit = (act: Act) => act.does === 'presses' && /^[1-7]$/.test(act.keys);

/** Right, wrong, too short, and begun again. */
const proofs = (state: TracedCall, who: readonly Caller[]) => [
  proofOf(callerOf(state, who) ?? who[0]!, state),
  '9999',
  '12#',
  '12*',
];

/** Everybody's numbers where it is asked for the first time; later one that is right, one too short, and one unknown. */
function numbers(state: TracedCall, { who, reach: { byNik, thorough } }: Omit<Tries, 'isFirst'>): string[] {
  const everybody = isFresh(state) && (thorough || state.place.context.session.language === 'id');
  if (!everybody) return [`${who[0]!.card}#`, ...wrongNumbers.slice(0, 1), ...wrongNumbers.slice(4, 5)];
  const niks = who.flatMap(({ nik }) => nik ?? []);
  return [...who.map(({ card }) => `${card}#`), ...niks.slice(0, byNik ? niks.length : 1), ...wrongNumbers, '3', '12*'];
}

const numberOf = ({ place: { context } }: TracedCall) => context.session.identified?.number.digits ?? context.typed;

const callerOf = (state: TracedCall, who: readonly Caller[]) =>
  who.find(({ card, nik }) => [card, nik].includes(numberOf(state)));

/** Whoever was found proves it by the last digits of the other number. */
function proofOf({ card, nik }: Caller, state: TracedCall): string {
  return (numberOf(state) === card ? nik : card)?.slice(-4) ?? '0000';
}

/** On the way to the facts all callers are asked the same: one of each kind of number tries what else there is. */
function otherOnTheWay(state: TracedCall, who: readonly Caller[]): Caller | null {
  const isOnTheWay = state.flow === 'prove' || (state.flow === 'identify' && 'confirming' in Object(state.place.value));
  const caller = callerOf(state, who);
  const hasNoNik = caller?.nik === null;
  return isOnTheWay && caller && caller !== who[0] && !hasNoNik ? caller : null;
}

/** A step with a membership service that answers. */
export const well = (act: Act): Step => ({ act, members: 'well' });
