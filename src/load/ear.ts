import type { Language, PromptKey } from '../../prompts/prompts.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import { asksToWait, type Doings, echo, keepKey, keepQuestion } from './doings.ts';
import type { Person } from './people.ts';
import { facts, standings, type Truth, truthOf } from './truth.ts';
import { type Filling, type Understood, understood } from './understanding.ts';

/** Something that a caller should not have heard, or not so: wrong, or somebody else's. Nothing personal stands in it. */
export type Finding = { kind: 'wrong' | 'crossTalk'; what: string };

/** What a world with planned trouble, or a caller at the limit of guessing, makes right that is otherwise wrong. */
export type Allowance = { trouble: boolean; isSpent(): boolean; failed(): void };

/** Somebody's ear: it understands every sentence and holds it against what is true. */
export type Ear = {
  hear(event: LineEvent): void;
  readonly findings: readonly Finding[];
  /** When the first fact had been told, in milliseconds of the call. */
  readonly firstFactMs: number | null;
  /** The caller was told of trouble where trouble was planned. */
  readonly wasTroubled: boolean;
  /** Every line of the catalogue that was heard, in order. */
  readonly heard: readonly PromptKey[];
};

const troubles = new Set<PromptKey>(['troubleOfficer', 'troubleGoodbye', 'membersUnreachable']);
/** Only one's own number is read back, and only one's own account told: anything else was meant for somebody else. */
const oneOwn = new Set<PromptKey>(['readBackCard', 'readBackNik', 'virtualAccount', 'virtualAccountMandiri']);

/** Where a call may be passed on to an officer whom nobody asked for, and where it may end without the caller hanging up. */
const leadsToOfficer = new Set<PromptKey>([...troubles, 'officerForThisNumber', 'tooManyTries', 'officerHelps']);
const isGoodbye = new Set<PromptKey>(['goodbye', 'troubleGoodbye']);

const isSame = (heard: Filling, expected: Filling) =>
  Object.keys({ ...heard, ...expected }).every((blank) => heard[blank] === expected[blank]);

type Says = Extract<LineEvent, { type: 'says' }>;

/** The ear of a caller; `doings` change as the caller goes on. */
export function ear(doings: Doings, today: string, allowance: Allowance): Ear {
  const findings: Finding[] = [];
  const heard: PromptKey[] = [];
  let [told, isSpeaking, isWhole, wasTroubled] = [new Set<PromptKey>(), false, true, false];
  let firstFactMs: number | null = null;
  let isFactDue = false;
  let known: { person: Person; truth: Truth } | null = null;
  const find = (kind: Finding['kind'], what: string) => void findings.push({ kind, what });
  const truth = (person: Person): Truth => {
    if (known?.person !== person) known = { person, truth: truthOf(person, today) };
    return known.truth;
  };

  /** A fact is for who proved to be the member, and must be theirs. */
  function fact(prompt: PromptKey, filling: Filling): void {
    told.add(prompt);
    const { subject, proved } = doings;
    const expected = subject && truth(subject).facts.get(prompt);
    if (!proved) find('crossTalk', `${prompt} was told without proof`);
    else if (!expected || !isSame(filling, expected))
      find(oneOwn.has(prompt) ? 'crossTalk' : 'wrong', `${prompt} is not so${differences(prompt, filling, expected)}`);
  }

  function standing(prompt: PromptKey): void {
    if (!doings.subject) find('crossTalk', `${prompt} was told of a number that nobody has`);
    else if (truth(doings.subject).standing !== prompt) find('wrong', `${prompt} is not so`);
  }

  function other(prompt: PromptKey, filling: Filling): void {
    if (prompt === 'notMatching') allowance.failed();
    if (prompt === 'notMatching' && doings.shouldFit) find('wrong', 'a number that fits was not found');
    if (prompt === 'tooManyTries' && !allowance.isSpent()) find('wrong', 'the search was stopped too early');
    if (prompt === 'weStartAgain') find('wrong', 'the call was lost and began again');
    if (troubles.has(prompt)) wasTroubled = true;
    if (troubles.has(prompt) && !allowance.trouble) find('wrong', `${prompt} without any trouble`);
    if (isSame(filling, echo(prompt, doings))) return;
    find(oneOwn.has(prompt) ? 'crossTalk' : 'wrong', `${prompt} does not say what the caller did`);
  }

  function sentence(event: Says): void {
    const language = event.language.startsWith('en') ? 'en' : 'id';
    const told = understood(event.text, language);
    if (told) line(event, told, language);
    else find('wrong', 'a sentence was heard that the hotline does not have');
  }

  function line(event: Says, { prompt, filling }: Understood, language: Language): void {
    heard.push(prompt);
    const inOther = prompt === 'otherLanguage' || troubles.has(prompt);
    if (!inOther && language !== doings.language) find('wrong', `${prompt} was told in another language`);
    if (standings.has(prompt)) standing(prompt);
    else if (facts.has(prompt)) fact(prompt, filling);
    else other(prompt, filling);
    const tells = facts.has(prompt) || prompt === 'statusActive' || prompt === 'statusInactive';
    if (tells) firstFactMs ??= event.at + event.ms;
    keepQuestion(doings, prompt);
  }

  /** An answer that was heard out must have been whole. One for which the caller is asked to wait is yet to come. */
  function turnOver(): void {
    if (asksToWait(heard.at(-1))) return;
    const answers = isWhole && doings.subject && doings.proved ? truth(doings.subject).together : [];
    for (const answer of answers) {
      const missing = answer.filter((prompt) => !told.has(prompt));
      if (missing.length > 0 && missing.length < answer.length) find('wrong', `${missing.join(', ')} was not told`);
    }
    if (isFactDue && isWhole && told.size === 0 && !heard.slice(-4).some((prompt) => leadsToOfficer.has(prompt)))
      find('wrong', 'nothing was told after the right proof');
    isFactDue = doings.wantsFacts;
    doings.wantsFacts = false;
    told = new Set();
    isWhole = true;
  }

  /** Nobody is passed on or hung up on without a reason. */
  function leave(event: LineEvent): void {
    const isReason = heard.slice(-4).some((prompt) => leadsToOfficer.has(prompt)) || doings.key === '0';
    if (event.type === 'dials' && !isReason) find('wrong', 'an officer was called whom nobody needed');
    if (event.type === 'ended' && event.by !== 'caller' && !isGoodbye.has(heard.at(-1)!))
      find('wrong', 'the line hung up without a good-bye');
  }

  return {
    hear(event) {
      keepKey(doings, event);
      if (event.type === 'says') sentence(event);
      if (event.type === 'says' || event.type === 'listens') isSpeaking = event.type === 'says';
      if (event.type === 'interrupted' || (event.type === 'ended' && isSpeaking)) isWhole = false;
      if (event.type === 'requests' || event.type === 'ended') turnOver();
      leave(event);
      if (event.type === 'warning' && !allowance.trouble) find('wrong', `the line had to warn of ${event.code}`);
    },
    findings,
    heard,
    get firstFactMs() {
      return firstFactMs;
    },
    get wasTroubled() {
      return wasTroubled;
    },
  };
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
