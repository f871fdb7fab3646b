import { stripVTControlCharacters, styleText } from 'node:util';
import { spokenPart } from '../sound/speechTime.ts';
import { asClock, type Entry, type Scene } from './scene.ts';

/** How wide and high the terminal is, and whether it may show colours. */
export type Look = { columns: number; rows: number; colour: boolean };

const MARGIN: Record<Entry['kind'], string> = { heard: '  ', caller: '> ', note: '· ', warning: '! ' };
const STYLE: Record<Entry['kind'], 'cyan' | 'dim' | 'yellow' | undefined> = {
  heard: undefined,
  caller: 'cyan',
  note: 'dim',
  warning: 'yellow',
};

/** An entry as the lines that stay on the screen, none as wide as the terminal. */
export function renderEntry(entry: Entry, look: Look): string[] {
  const style = STYLE[entry.kind];
  const lines = wrap(printable(entry.text), look.columns - 3);
  return lines.map((line, index) => {
    const text = (index === 0 ? MARGIN[entry.kind] : '  ') + line;
    return look.colour && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  });
}

/** The part of the screen that still changes: the sentence as far as it is spoken, and the status line under it. */
export function renderLive(scene: Scene, now: number, look: Look, draft: string | null = null): string[] {
  const status = draft === null ? renderStatus(scene, now, look) : renderDraft(draft, look);
  const { doing } = scene;
  const held = scene.held.flatMap((entry) => renderEntry(entry, look));
  if (doing.what !== 'speaking') return [...held, status];
  const text = spokenPart(doing.text, (now - doing.since) / doing.ms);
  const lines = [...renderEntry({ kind: 'heard', text }, look), ...held];
  // What has scrolled off a small window cannot be redrawn, so a long sentence shows its end.
  return [...lines.slice(-Math.max(1, look.rows - 2)), status];
}

/** The sentence that is being typed, in the place of the status line. */
function renderDraft(draft: string, { columns }: Look): string {
  const room = Math.max(1, columns - 8);
  return `say: ${wrap(printable(draft), room).at(-1)}_`;
}

/** The status line: the call's clock, what the line is doing, the time left to answer, the keys typed. */
export function renderStatus(scene: Scene, now: number, look: Look): string {
  const { doing, typed } = scene;
  const clock = asClock(doing.what === 'over' ? doing.at : now);
  const { long, short, hint } = describe(scene);
  const share = 'until' in doing ? Math.max(0, (doing.until - now) / (doing.until - doing.since)) : undefined;
  const left = 'until' in doing ? `${Math.max(0, Math.ceil((doing.until - now) / 1000))} s`.padStart(4) : '';
  const keys = typed === '' ? '' : `[${typed.length > 17 ? `…${typed.slice(-16)}` : typed}]`;
  const choices = [
    [clock, long, bar(share, 10), left, keys, hint],
    [clock, long, bar(share, 10), left, keys],
    [clock, short, bar(share, 6), left, keys],
    [clock, short, left, keys],
    [clock, bar(share, 6), left, keys],
    [clock, left, keys],
  ].map((parts) => parts.filter((part) => part !== '').join('  '));
  const room = Math.max(1, look.columns - 1);
  const line = choices.find((choice) => widthOf(choice) <= room) ?? clock.slice(0, room);
  return look.colour ? styleText('dim', line, { validateStream: false }) : line;
}

/** How the call went, in one sentence, once it is over. */
export function closingSentence(scene: Scene): string {
  const { doing } = scene;
  if (doing.what !== 'over') return 'The telephone was put down before the line had ended the call.';
  const who = { caller: 'you hung up', application: 'the application hung up', carrier: 'the carrier ended it' };
  if (doing.by === 'caller' && doing.status === 'no-answer') return 'You hung up before the call was answered.';
  if (doing.status !== 'completed') return `The call was not connected: ${doing.status}.`;
  return `The call lasted ${asClock(doing.at)}; ${who[doing.by]}.`;
}

/** Breaks a text into lines of at most `width` columns, between words where it can. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((long) => pieces(long, room))) {
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** How many columns a text takes in a terminal: two for East Asian letters and emoji, none for combining marks. */
export function widthOf(text: string): number {
  const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    width += wide.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  }
  return width;
}

/** A word as pieces that fit in a line; nearly always the word itself. */
function pieces(word: string, room: number): string[] {
  const parts: string[] = [''];
  for (const character of word) {
    if (widthOf(parts.at(-1)! + character) > room && parts.at(-1) !== '') parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts;
}

/** An application's text must not be able to move the cursor or turn the line around. */
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
}

function bar(share: number | undefined, width: number): string {
  if (share === undefined) return '';
  const full = Math.min(width, Math.ceil(share * width));
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function describe({ doing, callee }: Scene): { long: string; short: string; hint: string } {
  const hint = 'h hangs up';
  switch (doing.what) {
    case 'dialling':
      return { long: 'dialling…', short: 'dialling…', hint };
    case 'waiting':
      return { long: 'waiting for the application…', short: 'waiting…', hint };
    case 'speaking':
      return { long: 'speaking', short: 'speaking', hint };
    case 'playing':
      return { long: `playing ${printable(doing.text)}`, short: 'playing', hint };
    case 'pausing':
      return { long: 'pausing', short: 'pausing', hint };
    case 'listening':
      return describeListening(doing.digits, doing.finishOnKey);
    case 'recording':
      return { long: 'recording: s to speak', short: 'recording', hint };
    case 'inQueue':
      return { long: `waiting in ${printable(doing.text)}`, short: 'waiting', hint };
    case 'connected':
      return { long: `talking with ${printable(doing.text)}`, short: 'talking', hint };
    case 'ringing':
      if (doing.inVain)
        return { long: `${callee} lets it ring…  a answers  b busy`, short: 'a answers b busy', hint: '' };
      return {
        long: `ringing ${callee}…  a answers  b busy  n no answer`,
        short: 'a answers b busy n no reply',
        hint: '',
      };
    case 'talking':
      if (doing.isApart)
        return { long: 'picked up: o and a key press there', short: 'o + key there', hint: 'oh hangs up there' };
      return { long: `talking with ${callee}`, short: `with ${callee}`, hint };
    case 'over':
      return { long: 'hung up, telling the application…', short: 'hung up', hint: 'Ctrl-C leaves at once' };
  }
}

function describeListening(digits: number | null, finishOnKey: string): { long: string; short: string; hint: string } {
  const short = 'listening';
  if (digits === 1) return { long: 'listening: press a key', short, hint: 'h hangs up' };
  const count = digits === null ? 'type the keys' : `up to ${digits} keys`;
  const end = finishOnKey === '' ? '' : `, ${finishOnKey} ends`;
  return { long: `listening: ${count}${end}`, short, hint: 'h hangs up' };
}
