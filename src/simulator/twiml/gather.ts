import { tell } from '../courier/errand.ts';
import type { Leg, Words } from '../leg/leg.ts';
import type { Key } from '../telephone.ts';
import { attributes } from './attributes.ts';
import { type Element, elementsIn } from './element.ts';
import { type GatherRules, gatherAttributes, readGather } from './gatherRules.ts';
import { pause } from './pause.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import type { Next, Verb } from './verb.ts';

const nested: Record<string, Verb> = { Say: say, Play: play, Pause: pause };
const confidence = '0.9';
/** Inside a Gather the carrier has codes of their own for some warnings of Say and Play. */
const ownCodes = new Map([
  [13510, 13322],
  [13511, 13321],
  [13420, 13325],
]);

/** `<Gather>`: the line speaks and listens; a key or a word silences it, and each starts the timer anew. */
export const gather: Verb = {
  attributes: gatherAttributes,
  nests: Object.keys(nested),
  nestingCode: 13320,
  codesInside: ownCodes,
  holdsNoText: true,
  async perform(element, leg, documentUrl) {
    const rules = readGather(element, leg);
    leg.answer();
    const taken = listen(leg, rules, (so) => partialResult(element, leg, documentUrl, so));
    await speak(element, leg, documentUrl, rules, taken);
    await awaitInput(leg, rules, taken);
    leg.ear = null;
    leg.speechEar = null;
    if (leg.isGone) return 'on';
    return next(element, leg, documentUrl, rules, taken);
  },
};

/** What the caller has typed or said so far; `isSpeaking` while there is something to silence. */
type Taken = {
  digits: string;
  keys: number;
  finishedOn: string;
  sentences: string[];
  /** When the caller has said what they have begun to say. */
  saidAt: number;
  /** When the line stops listening to somebody who speaks on and on. */
  speechEndsAt: number;
  isFinished: boolean;
  isSpeaking: boolean;
};

function listen(leg: Leg, rules: GatherRules, tellPartially: (taken: Taken) => void): Taken {
  const taken: Taken = {
    ...{ digits: '', keys: 0, finishedOn: '', sentences: [], saidAt: 0, speechEndsAt: Number.POSITIVE_INFINITY },
    ...{ isFinished: false, isSpeaking: false },
  };
  const silence = () => {
    if (taken.isFinished) leg.ear = null;
    if (taken.isSpeaking) leg.happen({ type: 'interrupted' });
    taken.isSpeaking = false;
    leg.cutShort();
  };
  // Whichever comes first, keys or speech, is the answer.
  const takeKey = (key: Key) => {
    leg.speechEar = null;
    taken.keys += 1;
    if (key === rules.finishOnKey) taken.finishedOn = key;
    else taken.digits += key;
    taken.isFinished = taken.finishedOn !== '' || taken.digits.length === rules.numDigits;
    silence();
  };
  const takeWords = ({ text, ms }: Words) => {
    leg.ear = null;
    taken.sentences.push(text);
    if (taken.sentences.length === 1) taken.speechEndsAt = leg.now() + rules.maxSpeechMs;
    taken.saidAt = Math.max(taken.saidAt, leg.now()) + ms;
    if (rules.bargesIn || !taken.isSpeaking) silence();
    tellPartially(taken);
  };
  if (rules.hearsSpeech) leg.speechEar = takeWords;
  if (!rules.hearsKeys) return taken;
  leg.ear = takeKey;
  while (leg.keptKeys.length > 0 && !taken.isFinished) takeKey(leg.keptKeys.shift()!);
  return taken;
}

async function speak(
  element: Element,
  leg: Leg,
  documentUrl: string,
  { bargesIn }: GatherRules,
  taken: Taken,
): Promise<void> {
  leg.isTalkedOver = !bargesIn;
  for (const child of elementsIn(element)) {
    if (taken.keys > 0 || (bargesIn && taken.sentences.length > 0) || leg.isGone) break;
    taken.isSpeaking = true;
    await nested[child.name]?.perform(child, leg, documentUrl);
  }
  taken.isSpeaking = false;
  leg.isTalkedOver = false;
}

async function awaitInput(leg: Leg, rules: GatherRules, taken: Taken): Promise<void> {
  const { numDigits: digits, finishOnKey, hearsSpeech, hearsKeys } = rules;
  const speech = hearsSpeech && ({ speech: hearsKeys ? 'too' : 'only' } as const);
  while (!taken.isFinished && !leg.isGone) {
    const said = taken.sentences.length > 0;
    const left = taken.speechEndsAt - leg.now();
    if (said && left <= 0) return;
    const speaking = taken.saidAt - leg.now();
    if (speaking > 0) {
      await leg.wait(Math.min(speaking, left));
      continue;
    }
    const ms = said ? Math.min(rules.speechTimeoutMs, left) : rules.timeoutMs;
    const again = hasBegun(taken) && ({ again: true } as const);
    if (await leg.wait(ms, { type: 'listens', digits, finishOnKey, ms, ...again, ...speech })) return;
  }
}

function hasBegun({ keys, sentences }: Taken): boolean {
  return keys > 0 || sentences.length > 0;
}

function next(element: Element, leg: Leg, documentUrl: string, rules: GatherRules, taken: Taken): Next {
  const read = attributes(element, leg);
  const ask = (form: Record<string, string>): Next => ({
    ask: read.order(element.attributes.action ?? '', documentUrl, 13312, form),
  });
  if (taken.sentences.length > 0) {
    return ask({ SpeechResult: taken.sentences.join(' '), Confidence: confidence, Language: rules.language });
  }
  const isEmpty = taken.digits === '';
  if (isEmpty && !rules.sendEmpty) return 'on';
  return ask({
    ...(isEmpty && rules.hearsSpeech && { SpeechResult: '' }),
    ...((!isEmpty || leg.switches.emptyDigits === 'empty') && { Digits: taken.digits }),
    FinishedOnKey: taken.finishedOn,
    msg: 'Gather End',
  });
}

function partialResult(element: Element, leg: Leg, documentUrl: string, { sentences }: Taken): void {
  const url = element.attributes.partialResultCallback?.trim();
  if (!url) return;
  const form = {
    ...leg.describe(),
    SequenceNumber: String(sentences.length - 1),
    StableSpeechResult: sentences.slice(0, -1).join(' '),
    UnstableSpeechResult: sentences.at(-1)!,
    Stability: confidence,
  };
  const order = attributes(element, leg).order(url, documentUrl, 13329, form, 'partialResultCallbackMethod');
  tell(leg, order, { what: 'partial result callback' });
}
