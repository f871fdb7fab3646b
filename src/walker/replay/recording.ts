import { writeAct } from '../../simulator/recorded/act.ts';
import { parseRecordedCall } from '../../simulator/recorded/recordedCall.ts';
import type { ToldCall, ToldTurn } from './otherwise.ts';

/** How a played call begins to say that the line was not ready for what the caller did next. */
const STUCK = '??';

/** How a recorded call, or the transcript of one that was played, is told. */
export function toldRecording(text: string): ToldCall {
  const turns: (ToldTurn & { heard: string[] })[] = [];
  const notes: string[] = [];
  for (const line of parseRecordedCall(text).lines) {
    if ('act' in line) turns.push({ did: writeAct(line.act).replace(/^> /, ''), heard: [] });
    else if ('heard' in line) turns.at(-1)?.heard.push(line.heard);
    else if ('note' in line) notes.push(line.note);
  }
  const last = notes.at(-1) ?? '';
  const [, minutes, seconds] = /after (\d+):(\d\d)\)$/.exec(last) ?? [];
  return {
    turns,
    end: last.startsWith(STUCK)
      ? 'the caller could not go on so'
      : last.replace(/^\(|\)$/g, '').replace(/ after \d+:\d\d$/, ''),
    seconds: minutes === undefined ? null : Number(minutes) * 60 + Number(seconds),
  };
}
