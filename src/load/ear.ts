import type { Language, PromptKey } from '../../prompts/prompts.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import { asksToWait, type Doings, keepKey, keepQuestion } from './doings.ts';
import { type Allowance, type Finding, judge, judgeStops, type Measure, troubles } from './judgement.ts';
import type { Person } from './people.ts';
import { facts, type Truth, truthOf } from './truth.ts';
import { type Understood, understood } from './understanding.ts';

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

/** What somebody remembers of a call at the telephone. */
type Memory = Measure & {
  findings: Finding[];
  heard: PromptKey[];
  firstFactMs: number | null;
  wasTroubled: boolean;
  /** The facts of the answer that is being told, and whether it was heard without interruption. */
  told: Set<PromptKey>;
  isWhole: boolean;
  isSpeaking: boolean;
  /** The answer that is being told must tell a fact. */
  isFactDue: boolean;
};

/** Where a call may be passed on to an officer whom nobody asked for, and where it may end without the caller hanging up. */
const leadsToOfficer = new Set<PromptKey>([...troubles, 'officerForThisNumber', 'tooManyTries', 'officerHelps']);
const isGoodbye = new Set<PromptKey>(['goodbye', 'troubleGoodbye']);

/** The ear of a caller; `doings` change as the caller goes on. */
export function ear(doings: Doings, today: string, allowance: Allowance): Ear {
  const findings: Finding[] = [];
  const memory: Memory = {
    ...{ doings, allowance, findings, heard: [], firstFactMs: null, wasTroubled: false },
    ...{ told: new Set(), isWhole: true, isSpeaking: false, isFactDue: false },
    truth: truthOn(today),
    stopped: new Set(),
    find: (kind, what) => void findings.push({ kind, what }),
  };
  return Object.assign(memory, { hear: (event: LineEvent) => hear(memory, event) });
}

/** What is true of somebody on a day, worked out once for who is asked about again and again. */
function truthOn(today: string): (person: Person) => Truth {
  let known: { person: Person; truth: Truth } | null = null;
  return (person) => {
    if (known?.person !== person) known = { person, truth: truthOf(person, today) };
    return known.truth;
  };
}

function hear(memory: Memory, event: LineEvent): void {
  const { doings, allowance, find } = memory;
  if (event.type === 'key') keepKey(doings, event);
  else if (event.type === 'says') hearSentence(memory, event);
  else if (event.type === 'listens') memory.isSpeaking = false;
  else if (event.type === 'interrupted') memory.isWhole = false;
  else if (event.type === 'requests') turnOver(memory);
  else if (event.type === 'ended') hearEnd(memory, event);
  else if (event.type === 'dials' && !isLedToOfficer(memory) && doings.key !== '0')
    find('wrong', 'an officer was called whom nobody needed');
  else if (event.type === 'warning' && !allowance.trouble) find('wrong', `the line had to warn of ${event.code}`);
}

/** Nobody is passed on without a reason, which was told just before. */
const isLedToOfficer = ({ heard }: Memory) => heard.slice(-4).some((prompt) => leadsToOfficer.has(prompt));

type Event<Type extends LineEvent['type']> = Extract<LineEvent, { type: Type }>;

/** Nobody is hung up on without a good-bye. */
function hearEnd(memory: Memory, { by }: Event<'ended'>): void {
  if (memory.isSpeaking) memory.isWhole = false;
  turnOver(memory);
  judgeStops(memory);
  if (by !== 'caller' && !isGoodbye.has(memory.heard.at(-1)!))
    memory.find('wrong', 'the line hung up without a good-bye');
}

function hearSentence(memory: Memory, event: Event<'says'>): void {
  memory.isSpeaking = true;
  const language = event.language.startsWith('en') ? 'en' : 'id';
  const said = understood(event.text, language);
  if (said) hearLine(memory, event, said, language);
  else memory.find('wrong', 'a sentence was heard that the hotline does not have');
}

function hearLine(memory: Memory, { at, ms }: Event<'says'>, said: Understood, language: Language): void {
  const { prompt } = said;
  memory.heard.push(prompt);
  if (prompt === 'notMatching') memory.allowance.failed();
  if (troubles.has(prompt)) memory.wasTroubled = true;
  if (facts.has(prompt)) memory.told.add(prompt);
  judge(said, language, memory);
  const isNews = facts.has(prompt) || prompt === 'statusActive' || prompt === 'statusInactive';
  if (isNews) memory.firstFactMs ??= at + ms;
  keepQuestion(memory.doings, prompt);
}

/** An answer that was heard out must have been whole. One for which the caller is asked to wait is yet to come. */
function turnOver(memory: Memory): void {
  if (asksToWait(memory.heard.at(-1))) return;
  const { doings, told, isWhole, isFactDue, truth, find } = memory;
  const answers = isWhole && doings.subject && doings.proved ? truth(doings.subject).together : [];
  for (const answer of answers) {
    const missing = answer.filter((prompt) => !told.has(prompt));
    if (missing.length > 0 && missing.length < answer.length) find('wrong', `${missing.join(', ')} was not told`);
  }
  if (isFactDue && isWhole && told.size === 0 && !isLedToOfficer(memory))
    find('wrong', 'nothing was told after the right proof');
  memory.isFactDue = doings.wantsFacts;
  doings.wantsFacts = false;
  told.clear();
  memory.isWhole = true;
}
