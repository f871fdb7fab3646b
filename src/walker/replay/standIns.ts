import type { CallRecord, Step as RecordedStep } from '../../call/record.ts';
import type { Act } from '../../simulator/recorded/act.ts';
import type { Caller } from '../acts.ts';
import type { Step } from '../moment.ts';
import type { Health } from '../troubledMembers.ts';

/** What a caller of a record did, with invented numbers in the place of those that no record keeps. */
export type StandIn = { steps: readonly Step[]; cannot: string | null };

const keyNames: Record<string, string> = { star: '*', hash: '#' };
const presses = (keys: string): Act => ({ does: 'presses', keys, afterMs: null });

/** A number that fails as the caller's did, by what was said to it. */
const failing: Readonly<Record<string, string>> = {
  numberTooShort: '00099990000#',
  numberOfNoLength: '00099990000011#',
  numberAllEqual: '5555555555555#',
  nikBirthDateImpossible: '3201019913850001',
  nikProvinceUnknown: '9901010101900001',
  fewerThanFour: '12#',
};

const UNKNOWN_CARD = '0009999777777#';
const WRONG_PROOF = '9999';

/** What nobody can do again alone: it came from other calls, or from the server's own trouble. */
const cannotBe: Readonly<Record<string, string>> = {
  tooManyTries: 'other calls had failed to find a number before it',
  weStartAgain: 'the server had lost it and began again',
};

/** Whether the members could not be reached in this step. */
const isOfMembers = (step: RecordedStep | undefined) => step?.said.includes('membersUnreachable') ?? false;

/** The acts of a recorded caller, if that had been this invented one. */
export function standIn({ steps, outcome }: CallRecord, caller: Caller): StandIn {
  const lost = steps.flatMap(({ said }) => said).find((prompt) => cannotBe[prompt]);
  const broke = outcome === 'failed' && !isOfMembers(steps.at(-1));
  return {
    cannot: broke ? 'the server was in trouble when it ended' : lost === undefined ? null : cannotBe[lost]!,
    steps: steps.flatMap((step, index): Step[] =>
      passive.has(step.did) ? [] : [{ act: actOf(steps, index, caller), members: healthAt(steps, index) }],
    ),
  };
}

/** Steps in which the caller does nothing. */
const passive = new Set<string>(['begins', 'waited']);

/** How the members were for what a caller did, by what was said to it, and after waiting for it. */
function healthAt(steps: readonly RecordedStep[], index: number): Health {
  const after = steps.findIndex(({ did }, later) => later > index && did !== 'waited');
  const answer = steps.slice(index, after < 0 ? steps.length : after);
  const isTold = !answer.some(({ said }) => said.includes('membersUnreachable'));
  if (answer.some(({ said }) => said.includes('pleaseWait'))) return isTold ? 'slow' : 'silent';
  return isTold ? 'well' : 'down';
}

function actOf(steps: readonly RecordedStep[], index: number, caller: Caller): Act {
  const { did } = steps[index]!;
  if (did === 'silence') return { does: 'stays quiet' };
  if (did === 'officerAnswered') return { does: 'officer', how: 'answers' };
  if (did === 'officerMissed') return { does: 'officer', how: 'does not answer' };
  if (did === 'number') return presses(numberOf(steps, index, caller));
  const key = did.replace('key.', '');
  return presses(keyNames[key] ?? key);
}

/** A number of the same outcome: one that fails in the same way, one that nobody has, or the invented caller's own. */
function numberOf(steps: readonly RecordedStep[], index: number, { card, nik }: Caller): string {
  const { said } = steps[index]!;
  const wrong = said.find((prompt) => failing[prompt]);
  if (wrong) return failing[wrong]!;
  const isProof = steps[index - 1]?.place.startsWith('prove.') ?? false;
  if (isProof) return said.includes('notMatching') ? WRONG_PROOF : proofOf(steps.slice(0, index), { card, nik });
  if (steps[index + 1]?.said.includes('notMatching')) return UNKNOWN_CARD;
  return said.includes('readBackNik') && nik ? nik : `${card}#`;
}

/** The last four digits of the number that was not typed. */
function proofOf(before: readonly RecordedStep[], { card, nik }: Caller): string {
  const typedNik = before.some(({ said }) => said.includes('readBackNik'));
  return (typedNik ? card : (nik ?? card)).slice(-4);
}
