import type { Call } from '../src/call/call.ts';
import type { PromptKey, Utterance } from '../src/call/turn.ts';
import { contacts } from './contacts.ts';

/** Sentences that tell what stands in the record of a member: for who has proved to be that member. */
const ofTheRecord =
  /^(family|careClass|paidThrough|cause|nextStep|nothing|arrears|total|suspended|payBefore|instalments$|virtual|notBilled|reactivate|already)/;

/** What whoever types a number that exists may hear of it. */
const ofTheNumber: ReadonlySet<PromptKey> = new Set(['statusActive', 'statusInactive', 'officerForThisNumber']);

/** Whether a caller learns something of the membership from this sentence. */
export const isFact = ({ prompt }: Utterance): boolean => ofTheNumber.has(prompt) || ofTheRecord.test(prompt);

const publicNumbers: readonly string[] = Object.values(contacts).map(({ digits }) => digits);

/**
 * Whether a sentence tells what only a member may hear who has given proof: by its name, or because money, a day, a
 * month or a number is in it that the caller has not typed.
 */
export function isSecret({ prompt, values = {} }: Utterance, { place: { context } }: Call): boolean {
  const known = [...publicNumbers, context.typed, context.session.identified?.number.digits];
  return (
    ofTheRecord.test(prompt) ||
    Object.values(values).some((value) => {
      if (typeof value === 'number' || 'key' in value) return false;
      return 'digits' in value ? !known.includes(value.digits) : true;
    })
  );
}
