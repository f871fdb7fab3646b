/** How the officer takes a call that is passed on to them. */
export type OfficerAnswer = 'answers' | 'is busy' | 'does not answer';

/** When the caller hangs up: when the line waits, without waiting for anything, or in the middle of speech, of a talk or of waiting for one. */
export type HangUpTime =
  | 'when it waits'
  | 'at once'
  | { afterMs: number }
  | { talkedMs: number }
  | { waitedMs: number };

/** One thing that a caller does; `afterMs` is the time since the line began to speak, for who does not hear it out. */
export type Act =
  | { does: 'dials'; number: string }
  | { does: 'presses'; keys: string; afterMs: number | null }
  | { does: 'presses in the talk'; keys: string; talkedMs: number }
  | { does: 'says'; sentence: string; afterMs: number | null }
  | { does: 'stays quiet' }
  | { does: 'officer'; how: OfficerAnswer }
  | { does: 'hangs up'; when: HangUpTime };

/** An act as it stands in a recorded call. */
export function writeAct(act: Act): string {
  switch (act.does) {
    case 'dials':
      return `> dials ${act.number}`;
    case 'presses':
      return `> presses ${act.keys}${act.afterMs === null ? '' : after(act.afterMs)}`;
    case 'presses in the talk':
      return `> presses ${act.keys} ${act.talkedMs / 1_000} s into the talk`;
    case 'says':
      return `> says "${act.sentence}"${act.afterMs === null ? '' : after(act.afterMs)}`;
    case 'stays quiet':
      return '> stays quiet';
    case 'officer':
      return `> the officer ${act.how}`;
    case 'hangs up':
      return `> hangs up${hangUpTime(act.when)}`;
  }
}

/** Reads an act, or answers null when nobody can do it. */
export function readAct(line: string): Act | null {
  const text = line.replace(/^>\s*/, '').trim().replace(/\s+/g, ' ');
  const dialled = /^dials (\+?\d+)$/.exec(text)?.[1];
  if (dialled) return { does: 'dials', number: dialled };
  const [, keys, keysAfter] = /^presses ([0-9*#A-D]+)(?: after (\d+(?:\.\d{1,3})?) s)?$/.exec(text) ?? [];
  if (keys) return { does: 'presses', keys, afterMs: keysAfter === undefined ? null : milliseconds(keysAfter) };
  const [, talkKeys, talkTime] = /^presses ([0-9*#A-D]+) ([\d.]+) s into the talk$/.exec(text) ?? [];
  if (talkKeys && isTime(talkTime))
    return { does: 'presses in the talk', keys: talkKeys, talkedMs: milliseconds(talkTime) };
  const [, sentence, saidAfter] = /^says "(.+)"(?: after (\d+(?:\.\d{1,3})?) s)?$/.exec(text) ?? [];
  if (sentence) return { does: 'says', sentence, afterMs: saidAfter === undefined ? null : milliseconds(saidAfter) };
  if (text === 'stays quiet') return { does: 'stays quiet' };
  const how = (['answers', 'is busy', 'does not answer'] as const).find((one) => text === `the officer ${one}`);
  if (how) return { does: 'officer', how };
  if (text === 'hangs up') return { does: 'hangs up', when: 'when it waits' };
  if (text === 'hangs up at once') return { does: 'hangs up', when: 'at once' };
  const [, hangUpAfter, passed, place] =
    /^hangs up (?:after ([\d.]+) s|([\d.]+) s into the (talk|wait))$/.exec(text) ?? [];
  if (isTime(hangUpAfter)) return { does: 'hangs up', when: { afterMs: milliseconds(hangUpAfter) } };
  if (!isTime(passed)) return null;
  const ms = milliseconds(passed);
  return { does: 'hangs up', when: place === 'talk' ? { talkedMs: ms } : { waitedMs: ms } };
}

function hangUpTime(when: HangUpTime): string {
  if (when === 'when it waits') return '';
  if (when === 'at once') return ' at once';
  if ('afterMs' in when) return after(when.afterMs);
  return 'talkedMs' in when ? ` ${when.talkedMs / 1_000} s into the talk` : ` ${when.waitedMs / 1_000} s into the wait`;
}

function isTime(seconds: string | undefined): seconds is string {
  return seconds !== undefined && /^\d+(\.\d{1,3})?$/.test(seconds);
}

function after(ms: number): string {
  return ` after ${ms / 1_000} s`;
}

function milliseconds(seconds: string): number {
  return Math.round(Number(seconds) * 1_000);
}
