import { type Act, type HangUpTime, writeAct } from './act.ts';
import { spokenPart } from './speechTime.ts';
import type { LineEvent } from './telephone.ts';

/** How a played caller and officer behave where a recorded call says nothing about it. */
export type Manner = {
  /** From one key to the next. */
  keyGapMs: number;
  officerTalksForMs: number;
  /** To how many milliseconds an interruption is written down: 1 as it was, 100 for a call that a person made. */
  precisionMs: number;
};

/** Three keys a second, half a minute with the officer. */
export const usualManner: Manner = { keyGapMs: 300, officerTalksForMs: 30_000, precisionMs: 1 };

/**
 * The transcript of what happened on a line. Times in it are those of the same call played again: a key pressed after
 * long thought, an officer who picked up late and a slow network leave no trace, so that playing it gives it again.
 */
export function transcript(events: readonly LineEvent[], manner: Manner = usualManner): string[] {
  const page = blankPage(manner);
  for (const event of events) write(page, event);
  return page.lines;
}

type Sound = { line: number | null; from: number; at: number; ms: number };
type Page = {
  manner: Manner;
  lines: string[];
  /** The time on the line if the call were played. */
  now: number;
  language: string | null;
  speakingFrom: number | null;
  sound: Sound | null;
  wait: { ms: number; isFresh: boolean } | null;
  /** The act that the next key still belongs to. */
  keys: { line: number; act: Act & { does: 'presses' }; heard: boolean } | null;
  dial: { ringsForMs: number; answeredAt: number | null } | null;
};

function blankPage(manner: Manner): Page {
  const nothing = { language: null, speakingFrom: null, sound: null, wait: null, keys: null, dial: null };
  return { manner, lines: [], now: 0, ...nothing };
}

function write(page: Page, event: LineEvent): void {
  switch (event.type) {
    case 'dialled':
      return act(page, { does: 'dials', number: event.to.replace(/^\+62/, '') });
    case 'says':
      page.language ??= event.language;
      return sound(page, event, `< ${event.language === page.language ? '' : `[${event.language}] `}${event.text}`);
    case 'plays':
      return sound(page, event, `< [plays ${event.what}]`);
    case 'pauses':
      return sound(page, event, null);
    case 'listens':
      return listens(page, event);
    case 'key':
      return event.heard ? heardKey(page, event) : lostKey(page, event);
    case 'requests':
      return finish(page);
    case 'warning':
      finish(page);
      return note(
        page,
        `! ${event.code} ${event.message}${event.line ? ` (line ${event.line}, column ${event.column})` : ''}`,
      );
    case 'ended':
      return ended(page, event);
    case 'dials':
    case 'dialAnswered':
    case 'dialEnded':
      return dialling(page, event);
  }
}

function act(page: Page, done: Act): void {
  page.lines.push(writeAct(done));
}

function note(page: Page, text: string): void {
  page.lines.push(`  ${text}`);
}

/** What was being said has been said, what was being waited for has not come. */
function finish(page: Page): void {
  if (page.sound) page.now = page.sound.from + page.sound.ms;
  if (page.wait) page.now += page.wait.ms;
  if (page.wait?.isFresh) act(page, { does: 'stays quiet' });
  page.sound = null;
  page.wait = null;
  page.keys = null;
}

function sound(page: Page, { at, ms }: { at: number; ms: number }, line: string | null): void {
  finish(page);
  page.speakingFrom ??= page.now;
  if (line !== null) page.lines.push(line);
  page.sound = { line: line === null ? null : page.lines.length - 1, from: page.now, at, ms };
}

function listens(page: Page, event: LineEvent & { type: 'listens' }): void {
  const ms = event.until - event.at;
  if (event.again) {
    page.wait = { ms, isFresh: false };
    return;
  }
  finish(page);
  page.speakingFrom = null;
  page.wait = { ms, isFresh: true };
  const many =
    event.digits === null
      ? `digits${event.finishOnKey && ` and ${event.finishOnKey}`}`
      : `up to ${event.digits} digits`;
  note(page, `(waits ${ms / 1_000} s for ${event.digits === 1 ? 'a key' : many})`);
}

function heardKey(page: Page, { at, key }: { at: number; key: string }): void {
  page.wait = null;
  if (page.keys?.heard) {
    page.now += page.manner.keyGapMs;
    page.keys.act.keys += key;
    page.lines[page.keys.line] = writeAct(page.keys.act);
    return;
  }
  const afterMs = interrupt(page, at);
  const pressed = { does: 'presses', keys: key, afterMs } as const;
  page.keys = { line: page.lines.length, act: { ...pressed }, heard: true };
  act(page, pressed);
}

/** Breaks off what is being said; the time since the line began to speak, or null when it was silent. */
function interrupt(page: Page, at: number): number | null {
  const place = placeInSpeech(page, at);
  if (!place) return null;
  const { line, afterMs, part } = place;
  if (line !== null) page.lines[line] = `< ${spokenPart(page.lines[line]!.slice(2), part)} …`.replace('<  …', '< …');
  page.now = page.speakingFrom! + afterMs;
  page.speakingFrom = null;
  page.sound = null;
  return afterMs;
}

function placeInSpeech(page: Page, at: number): { line: number | null; afterMs: number; part: number } | null {
  const { sound, speakingFrom, manner } = page;
  if (!sound || speakingFrom === null) return null;
  const begins = sound.from - speakingFrom;
  const exact = begins + Math.min(Math.max(at - sound.at, begins === 0 ? 0 : 1), Math.max(sound.ms - 1, 0));
  const tidy = Math.round(exact / manner.precisionMs) * manner.precisionMs;
  const afterMs = tidy > begins && tidy < begins + sound.ms ? tidy : exact;
  return { line: sound.line, afterMs, part: sound.ms === 0 ? 1 : (afterMs - begins) / sound.ms };
}

function lostKey(page: Page, { at, key }: { at: number; key: string }): void {
  const place = placeInSpeech(page, at);
  if (!place) return;
  if (page.keys && !page.keys.heard) {
    page.keys.act.keys += key;
    page.lines[page.keys.line] = writeAct(page.keys.act);
    return;
  }
  const pressed = { does: 'presses', keys: key, afterMs: place.afterMs } as const;
  page.keys = { line: page.lines.length, act: { ...pressed }, heard: false };
  act(page, pressed);
  note(page, '(nothing listens)');
}

function dialling(page: Page, event: LineEvent & { type: 'dials' | 'dialAnswered' | 'dialEnded' }): void {
  finish(page);
  page.speakingFrom = null;
  if (event.type === 'dials') {
    page.dial = { ringsForMs: event.until - event.at, answeredAt: null };
    return note(page, `(dials ${event.to})`);
  }
  if (event.type === 'dialAnswered') {
    if (page.dial) page.dial.answeredAt = event.at;
    return act(page, { does: 'officer', how: 'answers' });
  }
  if (event.status === 'completed') page.now += page.manner.officerTalksForMs;
  else if (event.status === 'busy') act(page, { does: 'officer', how: 'is busy' });
  else if (event.status === 'no-answer') {
    page.now += page.dial?.ringsForMs ?? 0;
    act(page, { does: 'officer', how: 'does not answer' });
  } else note(page, '(cannot be reached)');
  page.dial = null;
}

function ended(page: Page, event: LineEvent & { type: 'ended' }): void {
  if (event.by === 'caller') {
    act(page, { does: 'hangs up', when: hangUpTime(page, event.at) });
    return note(page, `(the caller hung up after ${duration(page.now)})`);
  }
  finish(page);
  const who = event.by === 'carrier' ? 'the carrier ends the call' : 'hangs up';
  const what = event.status === 'busy' ? 'is busy' : event.status === 'no-answer' ? 'rejects the call' : who;
  note(page, `(${what} after ${duration(page.now)})`);
}

function hangUpTime(page: Page, at: number): HangUpTime {
  const afterMs = interrupt(page, at);
  if (afterMs !== null) return { afterMs };
  const answeredAt = page.dial?.answeredAt ?? null;
  if (answeredAt === null) return page.wait?.isFresh || page.dial ? 'when it waits' : 'at once';
  const { precisionMs, officerTalksForMs } = page.manner;
  const talkedMs = Math.min(Math.round((at - answeredAt) / precisionMs) * precisionMs, officerTalksForMs - 1);
  page.now += talkedMs;
  return { afterMs: talkedMs };
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
