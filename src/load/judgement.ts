import type { Language, PromptKey } from '../../prompts/prompts.ts';
import { type Doings, echo } from './doings.ts';
import type { Person } from './people.ts';
import { facts, standings, type Truth } from './truth.ts';
import type { Filling, Understood } from './understanding.ts';

/** Something that a caller should not have heard, or not so: wrong, or somebody else's. Nothing personal stands in it. */
export type Finding = { kind: 'wrong' | 'crossTalk'; what: string };

/** What a world with planned trouble, or a caller at the limit of guessing, makes right that is otherwise wrong. */
export type Allowance = { trouble: boolean; isSpent(number: string): boolean; failed(): void };

/** What a sentence is held against, and who is told of what is not so. */
export type Measure = {
  doings: Doings;
  allowance: Allowance;
  truth(person: Person): Truth;
  /** The numbers at which the search was stopped. */
  stopped: Set<string>;
  find(kind: Finding['kind'], what: string): void;
};

/** What callers are told where the members cannot be asked. */
export const troubles: ReadonlySet<PromptKey> = new Set<PromptKey>([
  'troubleOfficer',
  'troubleGoodbye',
  'membersUnreachable',
]);

/** Only one's own number is read back, and only one's own account told: anything else was meant for somebody else. */
const oneOwn = new Set<PromptKey>(['readBackCard', 'readBackNik', 'virtualAccount', 'virtualAccountMandiri']);

/** Holds a sentence against what the caller has done and what is true. */
export function judge({ prompt, filling }: Understood, language: Language, measure: Measure): void {
  const isForBoth = prompt === 'otherLanguage' || troubles.has(prompt);
  if (!isForBoth && language !== measure.doings.language)
    measure.find('wrong', `${prompt} was told in another language`);
  if (standings.has(prompt)) judgeStanding(prompt, measure);
  else if (facts.has(prompt)) judgeFact(prompt, filling, measure);
  else {
    judgeOccasion(prompt, measure);
    judgeEcho(prompt, filling, measure);
  }
}

/** Whether a membership is active is told of the number that was typed. */
function judgeStanding(prompt: PromptKey, { doings: { subject }, truth, find }: Measure): void {
  if (!subject) find('crossTalk', `${prompt} was told of a number that nobody has`);
  else if (truth(subject).standing !== prompt) find('wrong', `${prompt} is not so`);
}

/** A fact is for who proved to be the member, and must be theirs. */
function judgeFact(prompt: PromptKey, filling: Filling, { doings: { subject, proved }, truth, find }: Measure): void {
  const expected = subject && truth(subject).facts.get(prompt);
  if (!proved) find('crossTalk', `${prompt} was told without proof`);
  else if (!expected || !isSame(filling, expected))
    find(oneOwn.has(prompt) ? 'crossTalk' : 'wrong', `${prompt} is not so${differences(prompt, filling, expected)}`);
}

/** Some sentences are right at some moments only. */
function judgeOccasion(prompt: PromptKey, { doings, allowance, stopped, find }: Measure): void {
  if (prompt === 'notMatching' && doings.shouldFit) find('wrong', 'a number that fits was not found');
  if (prompt === 'tooManyTries') stopped.add(doings.typed);
  if (prompt === 'weStartAgain') find('wrong', 'the call was lost and began again');
  if (troubles.has(prompt) && !allowance.trouble) find('wrong', `${prompt} without any trouble`);
}

/**
 * Nobody is stopped who has not guessed too often, nor at a number at which nobody has. What others have failed at the same
 * moment they are told a moment later: so this is judged when the call is over.
 */
export function judgeStops({ stopped, allowance, find }: Measure): void {
  for (const number of stopped) if (!allowance.isSpent(number)) find('wrong', 'the search was stopped too early');
}

/** What is neither fact nor standing says nothing but what the caller did. */
function judgeEcho(prompt: PromptKey, filling: Filling, { doings, find }: Measure): void {
  if (isSame(filling, echo(prompt, doings))) return;
  find(oneOwn.has(prompt) ? 'crossTalk' : 'wrong', `${prompt} does not say what the caller did`);
}

const isSame = (heard: Filling, expected: Filling) => isWithin(heard, expected) && isWithin(expected, heard);

function isWithin(one: Filling, other: Filling): boolean {
  for (const blank in one) if (one[blank] !== other[blank]) return false;
  return true;
}

/** Which amounts and days differ: enough to look for the fault by, and nobody's number. */
function differences(prompt: PromptKey, heard: Filling, expected: Filling | null | undefined): string {
  if (oneOwn.has(prompt)) return '';
  const inWords = (filling: Filling) =>
    Object.entries(filling)
      .map(([blank, value]) => `${blank} ${value}`)
      .join(', ');
  return `: heard ${inWords(heard) || 'it'}, should be ${expected ? inWords(expected) || 'told' : 'nothing of the kind'}`;
}
