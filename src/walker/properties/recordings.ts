import { parseRecordedCall, type RecordedLine } from '../../simulator/recorded/recordedCall.ts';
import { inKeys, type Property, stepsOf } from '../failure.ts';
import type { Step } from '../moment.ts';
import type { Walked } from '../walk.ts';

/** What recorded callers heard, by what they had done until then. */
export type Recordings = ReadonlyMap<string, readonly string[]>;

/** What was heard in recorded calls, in those that were made on this day in a world without trouble. */
export function recordings(texts: readonly string[], today: string): Recordings {
  const known = new Map<string, string[]>();
  for (const text of texts) {
    const { lines, settings } = parseRecordedCall(text);
    if (JSON.stringify(settings) === JSON.stringify({ today })) learn(known, lines);
  }
  return known;
}

/** A sentence that a key cut short ends in this; a key that nothing listened for changes what the others mean. */
const CUT_SHORT = '…';
const LOST = '(nothing listens)';

function learn(known: Map<string, string[]>, lines: readonly RecordedLine[]): void {
  const steps: Step[] = [];
  let heard: string[] = [];
  const keep = () => {
    if (!heard.at(-1)?.endsWith(CUT_SHORT)) known.set(inKeys(steps), heard);
    heard = [];
  };
  for (const line of lines) {
    if ('note' in line && line.note === LOST) return;
    if ('heard' in line) heard.push(line.heard.replace(/^\[[\w-]+\] /, ''));
    if (!('act' in line) || line.act.does === 'dials') continue;
    keep();
    const { act } = line;
    steps.push({ act: act.does === 'presses' ? { ...act, afterMs: null } : act, members: 'well' });
  }
  keep();
}

/** What must be true where recorded calls have been before. */
export const ofRecordings = (known: Recordings): readonly Property[] => [
  {
    name: 'every key leads where recorded callers were led',
    failures: (walked: Walked) =>
      walked.turns.flatMap((turn) => {
        const steps = stepsOf(walked, turn);
        const before = known.get(inKeys(steps));
        if (!before || turn.step.act.does === 'hangs up') return [];
        const now = turn.heard.map(({ text }) => text);
        const at = before.findIndex((text, index) => text !== now[index]);
        const isSame = at < 0 && before.length === now.length;
        const [was, is] = at < 0 ? ['nothing more', now[before.length]] : [`"${before[at]}"`, now[at]];
        return isSame ? [] : [{ why: `recorded callers heard ${was}, now "${is}" is heard`, steps }];
      }),
  },
];
