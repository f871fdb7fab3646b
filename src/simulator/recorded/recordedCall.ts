import type { LineEvent } from '../telephone.ts';
import { type Act, readAct } from './act.ts';
import { usualManner } from './manner.ts';
import { transcript } from './transcript.ts';

/** One line of a recorded call: a comment, what the caller did, what was said, or what else the line did. */
export type RecordedLine = { comment: string } | { act: Act } | { heard: string } | { note: string };

/** A recorded call: its lines, and what its comments say about the world it was made in (`# today: 2026-11-21`). */
type RecordedCall = { lines: RecordedLine[]; settings: Record<string, string> };

/** Reads a recorded call; every line that nobody can read or do is named in the error. */
export function parseRecordedCall(text: string): RecordedCall {
  const faults: string[] = [];
  const lines = text.split(/\r?\n/).flatMap((line, index): RecordedLine[] => {
    if (line.trim() === '') return [];
    const read = readLine(line);
    if (read) return [read];
    faults.push(`line ${index + 1}: ${line.trim()}`);
    return [];
  });
  if (faults.length > 0) throw new Error(`${someOf(faults)}\n${advice}`);
  return { lines, settings: Object.fromEntries(lines.flatMap(setting)) };
}

/** Whoever has taken some other file for a recorded call need not read all of it. */
const MOST_FAULTS = 5;

function someOf(faults: readonly string[]): string {
  const left = faults.length - MOST_FAULTS;
  const more = left > 0 ? [`and ${left} more ${left === 1 ? 'line' : 'lines'}`] : [];
  return [...faults.slice(0, MOST_FAULTS), ...more].join('\n');
}

/** A call that somebody made at a telephone, written down so that playing it gives the same call again. */
export function recordCall(
  events: readonly LineEvent[],
  about: { sentence?: string; settings?: Record<string, string> } = {},
): string {
  const settings = Object.entries(about.settings ?? {}).map(([name, value]) => `# ${name}: ${value}`);
  const head = [...(about.sentence ? [`# ${about.sentence}`] : []), ...settings];
  return [...head, ...transcript(events, { ...usualManner, precisionMs: 100 }), ''].join('\n');
}

const advice = `A line of a recorded call is one of
  # a comment, or "# name: value"
  > dials 1500400
  > presses 0009999000017#
  > presses 2 after 3 s
  > presses * 12 s into the talk
  > says "my bill" (or "says … after 3 s")
  > stays quiet
  > the officer answers (or "is busy", or "does not answer")
  > hangs up (or "hangs up at once", "hangs up after 3 s", "hangs up 12 s into the talk", "… into the wait")
  < what was said
  and, indented, what else the line did: (waits …), ! a warning`;

function readLine(line: string): RecordedLine | null {
  if (line.startsWith('#')) return { comment: line.slice(1).trim() };
  if (line.startsWith('<')) return { heard: line.slice(1).trim() };
  if (line.startsWith('  ')) return { note: line.trim() };
  const act = line.startsWith('>') ? readAct(line) : null;
  return act && { act };
}

function setting(line: RecordedLine): [string, string][] {
  const [, name, value] = ('comment' in line && /^([a-z][a-zA-Z]*): (.+)$/.exec(line.comment)) || [];
  return name && value ? [[name, value]] : [];
}
