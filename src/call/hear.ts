import type { CallerEvent, CallerInput, Key, Rest } from './turn.ts';

/** What the caller's keys mean: an event for the flow, an unfinished number, or nothing that fits what we asked. */
export type Heard = CallerEvent | { unfinished: string } | { again: true };

type Keys = Extract<CallerInput, { keys: string }>;

const keyNames: Record<string, Key> = { '*': 'star', '#': 'hash' };
const keyEvent = (key: string): CallerEvent => ({ type: `key.${keyNames[key] ?? (key as Key)}` });

/**
 * What the caller did, in the words of the flow that rests here. `typed` is what was typed before at this question.
 * An input of another kind than we waited for asks the same again: the carrier was with an officer, or came late.
 */
export function hear(rest: Rest, typed: string, input: CallerInput): Heard {
  if ('transfer' in rest)
    return 'transferAnswered' in input ? { type: 'transferEnded', answered: input.transferAnswered } : { again: true };
  if ('transferAnswered' in input) return { again: true };
  if (rest.listen.for === 'number') return hearNumber(rest, rest.listen.digits, typed, input);
  if (input.keys === '') return input.finishedByHash ? keyEvent('#') : { type: 'silence' };
  return keyEvent(input.keys[0]!);
}

/** Whether the carrier handed a number over because it had all its digits, and not because the caller ended it. */
export function endedByCount(rest: Rest, before: string, input: CallerInput): boolean {
  if (!('listen' in rest) || rest.listen.for !== 'number' || 'transferAnswered' in input) return false;
  return !input.finishedByHash && before.length + input.keys.length >= rest.listen.digits;
}

/** Whether nothing was pressed but `#`. */
export const isHashAlone = (input: CallerInput): boolean =>
  'keys' in input && (input.keys === '#' || (input.keys === '' && input.finishedByHash));

/**
 * A star starts the number again wherever it is typed. The carrier counts it, and what stood before it, among its
 * digits and may stop listening too early: then we listen on, without a word, for the digits that are missing.
 * One lone global key (0 officer, 8 language, 9 repeat, star back) is that key and not a number.
 */
function hearNumber(rest: Rest, digits: number, before: string, input: Keys): Heard {
  const all = before + input.keys.replaceAll('#', '');
  const number = all.slice(all.lastIndexOf('*') + 1);
  if (all.includes('*') && endedByCount(rest, before, input) && number.length < digits) return { unfinished: number };
  if (number.length > 1) return { type: 'number', digits: number };
  if (number !== '') return '089'.includes(number) ? keyEvent(number) : { type: 'number', digits: number };
  if (all === '') return input.finishedByHash || input.keys !== '' ? keyEvent('#') : { type: 'silence' };
  return keyEvent(all === '*' ? '*' : '9');
}
