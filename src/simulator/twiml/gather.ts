import type { Leg } from '../leg.ts';
import type { Key } from '../telephone.ts';
import { attributes } from './attributes.ts';
import { type Element, elementsIn } from './element.ts';
import { pause } from './pause.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import type { Next, Verb } from './verb.ts';

const nested: Record<string, Verb> = { Say: say, Play: play, Pause: pause };

/** `<Gather>`: the line speaks and listens; the first key silences it, and every key starts the timer anew. */
export const gather: Verb = {
  attributes: [
    ...['action', 'method', 'input', 'timeout', 'finishOnKey', 'numDigits', 'actionOnEmptyResult', 'speechTimeout'],
    ...['language', 'hints', 'partialResultCallback', 'partialResultCallbackMethod', 'speechModel', 'maxSpeechTime'],
    ...['profanityFilter', 'enhanced', 'bargeIn', 'debug'],
  ],
  nests: Object.keys(nested),
  nestingCode: 13320,
  async perform(element, leg, documentUrl) {
    const rules = readRules(element, leg);
    leg.answer();
    const typed = listen(leg, rules);
    await speak(element, leg, documentUrl, typed);
    await awaitKeys(leg, rules, typed);
    leg.ear = null;
    if (leg.ending) return 'on';
    return next(element, leg, documentUrl, rules, typed);
  },
};

type Rules = {
  timeoutMs: number;
  finishOnKey: string;
  numDigits: number | null;
  sendEmpty: boolean;
  hearsKeys: boolean;
};

function readRules(element: Element, leg: Leg): Rules {
  const read = attributes(element, leg);
  const input = read.choice('input', {
    of: ['dtmf', 'speech', 'dtmf speech', 'speech dtmf'],
    otherwise: 'dtmf',
    code: 13326,
  });
  if (input !== 'dtmf') leg.warn(12200, 'Gather: speech is not simulated, the line hears keys only', element);
  const isAuto = read.text('timeout') === 'auto' && input !== 'dtmf';
  return {
    timeoutMs: (isAuto ? 5 : read.whole('timeout', { least: 1, otherwise: 5, code: 13313 })) * 1_000,
    finishOnKey: read.choice('finishOnKey', { of: ['#', '*', ...'0123456789', ''], otherwise: '#', code: 13310 }),
    numDigits: read.whole('numDigits', { least: 1, otherwise: 0, code: 13314 }) || null,
    sendEmpty: read.flag('actionOnEmptyResult', 12200),
    hearsKeys: input.includes('dtmf'),
  };
}

/** What the caller has typed so far; `isSpeaking` while there is something to silence. */
type Typed = { digits: string; keys: number; finishedOn: string; isFinished: boolean; isSpeaking: boolean };

function listen(leg: Leg, rules: Rules): Typed {
  const typed: Typed = { digits: '', keys: 0, finishedOn: '', isFinished: false, isSpeaking: false };
  const take = (key: Key) => {
    typed.keys += 1;
    if (key === rules.finishOnKey) typed.finishedOn = key;
    else typed.digits += key;
    typed.isFinished = typed.finishedOn !== '' || typed.digits.length === rules.numDigits;
    if (typed.isFinished) leg.ear = null;
    if (typed.isSpeaking) leg.happen({ type: 'interrupted' });
    typed.isSpeaking = false;
    leg.cutShort();
  };
  if (!rules.hearsKeys) return typed;
  leg.ear = take;
  while (leg.keptKeys.length > 0 && !typed.isFinished) take(leg.keptKeys.shift()!);
  return typed;
}

async function speak(element: Element, leg: Leg, documentUrl: string, typed: Typed): Promise<void> {
  for (const child of elementsIn(element)) {
    if (typed.keys > 0 || leg.ending) break;
    typed.isSpeaking = true;
    await nested[child.name]?.perform(child, leg, documentUrl);
  }
  typed.isSpeaking = false;
}

async function awaitKeys(leg: Leg, rules: Rules, typed: Typed): Promise<void> {
  while (!typed.isFinished && !leg.ending) {
    const { numDigits: digits, finishOnKey, timeoutMs: ms } = rules;
    const again = typed.keys > 0 && ({ again: true } as const);
    if (await leg.wait(ms, { type: 'listens', digits, finishOnKey, ms, ...again })) return;
  }
}

function next(element: Element, leg: Leg, documentUrl: string, rules: Rules, typed: Typed): Next {
  const isEmpty = typed.digits === '';
  if (isEmpty && !rules.sendEmpty) return 'on';
  const form = {
    ...((!isEmpty || leg.switches.emptyDigits === 'empty') && { Digits: typed.digits }),
    FinishedOnKey: typed.finishedOn,
    msg: 'Gather End',
  };
  return { ask: attributes(element, leg).order(element.attributes.action ?? '', documentUrl, 13312, form) };
}
