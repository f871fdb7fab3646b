import type { Language, PromptKey } from '../../prompts/prompts.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import type { Person } from './people.ts';
import type { Filling } from './understanding.ts';

/** What the caller has done so far, by which what is heard is judged. */
export type Doings = {
  language: Language;
  /** What is pressed at the moment, and which of the following it is. */
  keys: string;
  at: 'typed' | 'key' | 'confirmation' | 'proof';
  /** The digits last typed at a number question, and the key last pressed at any other. */
  typed: string;
  key: string;
  /** The digits last typed as a proof. */
  proof: string;
  /** Whose number the caller has confirmed, and whether the proof was theirs. */
  subject: Person | null;
  proved: boolean;
  /** Whether the hotline should find what was last looked up. */
  shouldFit: boolean;
  /** The answer to what is pressed at the moment must tell a fact. */
  wantsFacts: boolean;
  /** Whose number this is. */
  readonly owner: (digits: string) => Person | null;
};

/** A caller who has just dialled. */
export const nothingDone = (owner: Doings['owner']): Doings => ({
  owner,
  ...{ language: 'id', keys: '', at: 'key', typed: '', key: '', proof: '' },
  ...{ subject: null, proved: false, shouldFit: false, wantsFacts: false },
});

const digitsIn = (keys: string) => keys.slice(keys.lastIndexOf('*') + 1).replaceAll('#', '');

const asksForNumber = new Set<PromptKey>([
  ...(['askNumber', 'numberTooShort', 'numberOfNoLength', 'numberAllEqual', 'nikBirthDateImpossible'] as const),
  'allRight',
]);
const asksForProof = new Set<PromptKey>(['askLastFourOfNik', 'askLastFourOfCard', 'fewerThanFour']);

const asksForConfirmation = new Set<PromptKey>(['readBackCard', 'readBackNik', 'confirm']);

/** What the caller is asked for by a sentence; some come before the same question again. */
function askedFor(prompt: PromptKey, before: Doings['at']): Doings['at'] {
  if (asksForNumber.has(prompt)) return 'typed';
  if (asksForProof.has(prompt)) return 'proof';
  if (asksForConfirmation.has(prompt)) return 'confirmation';
  if (prompt === 'notMatching') return before === 'proof' ? 'proof' : 'typed';
  return prompt === 'noDigitsHeard' || prompt === 'typeAgain' ? before : 'key';
}

/** Who is asked to wait is asked nothing new, and what was done before is not answered yet. */
export const asksToWait = (prompt: PromptKey | undefined): boolean =>
  prompt === 'pleaseWait' || prompt === 'stillWorking';

/** Keeps what the caller is asked: what is pressed from now on is the answer to it. */
export function keepQuestion(doings: Doings, prompt: PromptKey): void {
  if (asksToWait(prompt)) return;
  doings.at = askedFor(prompt, doings.at);
  doings.keys = '';
}

/** Keeps what the caller does. A key that nothing listened for was not pressed, and nobody knows how the call goes on. */
export function keepKey(doings: Doings, event: Extract<LineEvent, { type: 'key' }>): void {
  if (!event.heard) {
    doings.shouldFit = false;
    doings.wantsFacts = false;
    return;
  }
  doings.keys += event.key;
  if (doings.at === 'typed') doings.typed = digitsIn(doings.keys);
  else if (doings.at === 'proof') keepProof(doings);
  else {
    doings.key = event.key;
    if (event.key === '8') doings.language = doings.language === 'id' ? 'en' : 'id';
    if (doings.at === 'confirmation' && event.key === '1') keepSubject(doings);
  }
}

/** The number that was read back is right. */
function keepSubject(doings: Doings): void {
  doings.subject = doings.owner(doings.typed);
  doings.shouldFit = doings.subject !== null;
}

/** The digits of a proof are as many as there are, and are weighed when there are four. */
function keepProof(doings: Doings): void {
  doings.proof = digitsIn(doings.keys);
  const { subject, typed, proof } = doings;
  const other = subject && (typed === subject.cardNumber ? subject.nik : subject.cardNumber);
  doings.shouldFit = proof.length === 4 && other?.slice(-4) === proof;
  doings.proved ||= doings.shouldFit;
  doings.wantsFacts = doings.shouldFit;
}

const contacts: Partial<Record<PromptKey, string>> = {
  chika: '08118750400',
  pandawa: '08118165165',
  writeToPandawa: '08118165165',
  onceMore: '08118165165',
  sms: '087775500400',
};
/** What a sentence must have in its blanks that tells the caller nothing but what the caller did, or a known number. */
export function echo(prompt: PromptKey, { typed, key, proof }: Doings): Filling {
  const count = typed.length;
  if (prompt === 'readBackCard' || prompt === 'readBackNik') return { number: typed };
  if (prompt === 'numberTooShort') return { typed: count, missing: 13 - count };
  if (prompt === 'numberOfNoLength') return { typed: count };
  if (prompt === 'fewerThanFour') return { missing: 4 - proof.length };
  if (prompt === 'wrongKey') return { key };
  const number = contacts[prompt];
  return number === undefined ? {} : { number };
}
