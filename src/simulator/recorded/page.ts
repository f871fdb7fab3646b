import { spokenPart } from '../sound/speechTime.ts';
import { type Act, writeAct } from './act.ts';
import type { Manner } from './manner.ts';

/** A transcript while it is written, with the time that would be on the line if its call were played. */
export type Page = {
  manner: Manner;
  lines: string[];
  now: number;
  /** The language the call began in. */
  language: string | null;
  /** Since when the line speaks without a pause for the caller. */
  speakingFrom: number | null;
  sound: { line: number | null; from: number; at: number; ms: number } | null;
  wait: { at: number; ms: number; isFresh: boolean } | null;
  /** The keys that end the recording which is made. */
  records: string | null;
  /** The act that the next key still belongs to. */
  keys: { line: number; act: Act & { does: 'presses' } } | null;
  /** Who is dialled, since when they ring and since when they talk, and how long both last. */
  dial: { at: number; ringsForMs: number; answeredAt: number | null; talksForMs: number } | null;
  /** Since when the call waits in a queue, anew perhaps, or talks with another one: such time is what it was. */
  stay: { at: number; what: 'wait' | 'wait again' | 'talk' } | null;
};

/** A page on which nothing stands yet. */
export function blankPage(manner: Manner): Page {
  const silent = { language: null, speakingFrom: null, sound: null, wait: null, records: null, keys: null };
  return { manner, lines: [], now: 0, ...silent, dial: null, stay: null };
}

/** Writes what the caller did. */
export function writeDown(page: Page, act: Act): void {
  page.lines.push(writeAct(act));
}

/** Writes what else the line did. */
export function note(page: Page, text: string): void {
  page.lines.push(`  ${text}`);
}

/** What was being said has been said, what was being waited for has not come. */
export function finish(page: Page): void {
  if (page.sound) page.now = page.sound.from + page.sound.ms;
  if (page.wait) page.now += page.wait.ms;
  if (page.wait?.isFresh) writeDown(page, { does: 'stays quiet' });
  page.sound = null;
  page.wait = null;
  page.records = null;
  page.keys = null;
}

/** What was going on is given up at this moment, and has lasted only until now. */
export function giveUp(page: Page, at: number): void {
  interrupt(page, at);
  if (page.wait) page.wait.ms = at - page.wait.at;
  finish(page);
  if (page.dial) page.now += at - (page.dial.answeredAt ?? page.dial.at);
  page.dial = null;
}

/** Whether a sentence, or waiting for the caller, lasts beyond this moment. */
export function isGoingOn({ sound, wait, manner }: Page, at: number): boolean {
  const last = sound ?? wait;
  return last !== null && at + manner.precisionMs <= last.at + last.ms;
}

/** Begins a sentence, a sound or, without a line, a pause. */
export function begin(page: Page, { at, ms }: { at: number; ms: number }, line: string | null): void {
  finish(page);
  page.speakingFrom ??= page.now;
  if (line !== null) page.lines.push(line);
  page.sound = { line: line === null ? null : page.lines.length - 1, from: page.now, at, ms };
}

/** Adds a key to what the caller is typing, or begins with it. */
export function type(page: Page, key: string, at: number): void {
  if (page.keys) {
    page.now += page.manner.keyGapMs;
    page.keys.act.keys += key;
    page.lines[page.keys.line] = writeAct(page.keys.act);
  } else {
    const act: Act & { does: 'presses' } = { does: 'presses', keys: key, afterMs: interrupt(page, at) };
    page.keys = { line: page.lines.length, act };
    writeDown(page, act);
  }
  page.wait = null;
}

/** How long after the line began to speak a moment lies, and which part of the sentence was heard; null in silence. */
export function placeInSpeech(page: Page, at: number): { afterMs: number; part: number } | null {
  const { sound, speakingFrom, manner } = page;
  if (!sound || speakingFrom === null) return null;
  const begins = sound.from - speakingFrom;
  const earliest = begins === 0 ? 0 : 1;
  const exact = begins + Math.min(Math.max(at - sound.at, earliest), Math.max(sound.ms - 1, earliest));
  const rounded = Math.round(exact / manner.precisionMs) * manner.precisionMs;
  const afterMs = rounded > begins && rounded < begins + sound.ms ? rounded : exact;
  return { afterMs, part: sound.ms === 0 ? 1 : (afterMs - begins) / sound.ms };
}

/** Writes a sentence of the caller, which takes its time. */
export function speak(page: Page, { at, ms, text }: { at: number; ms: number; text: string }): void {
  const afterMs = interrupt(page, at);
  page.now += ms;
  page.wait = null;
  page.keys = null;
  const sentence = text.replace(/\s+/g, ' ').trim();
  writeDown(page, { does: 'says', sentence, afterMs });
}

/** Writes a sentence of the caller over which the line goes on speaking. */
export function speakMeanwhile(page: Page, { at, ms, text }: { at: number; ms: number; text: string }): void {
  const afterMs = placeInSpeech(page, at)?.afterMs ?? null;
  if (page.sound) page.sound.ms = Math.max(page.sound.ms, at - page.sound.at + ms);
  writeDown(page, { does: 'says', sentence: text.replace(/\s+/g, ' ').trim(), afterMs });
}

/** How long the call has waited or talked with another one, as exactly as it is written down. */
export function stayed({ stay, manner }: Page, at: number): number {
  return stay ? Math.round((at - stay.at) / manner.precisionMs) * manner.precisionMs : 0;
}

/** The call has waited or talked with another one until now; who has waited to no end has stayed quiet. */
export function endStay(page: Page, at: number): void {
  const ms = stayed(page, at);
  page.now += ms;
  if (page.stay?.what === 'wait again' || (page.stay?.what === 'wait' && ms > 0))
    writeDown(page, { does: 'stays quiet' });
  page.stay = null;
}

/** Breaks off what is being said; answers how long the line had spoken, or null when it was silent. */
export function interrupt(page: Page, at: number): number | null {
  const place = placeInSpeech(page, at);
  if (!place || !page.sound || page.speakingFrom === null) return null;
  const { line } = page.sound;
  if (line !== null) page.lines[line] = cutShort(page.lines[line] ?? '', place.part);
  page.now = page.speakingFrom + place.afterMs;
  page.speakingFrom = null;
  page.sound = null;
  return place.afterMs;
}

function cutShort(line: string, part: number): string {
  const [, mark = '', text = ''] = /^(< (?:\[[^\]]*\] ?)?)(.*)$/s.exec(line) ?? [];
  return `${mark}${spokenPart(text, part)}`.trimEnd().concat(' …');
}
