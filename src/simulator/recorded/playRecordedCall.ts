import { type CallOptions, dial, type Phone } from '../phone.ts';
import { type Act, writeAct } from './act.ts';
import { parseRecordedCall, type RecordedLine } from './recordedCall.ts';
import { transcriptDiff } from './transcriptDiff.ts';

/** How a recorded call went when it was played. */
export type PlayedCall = {
  /** The whole file as it would be recorded now, comments included. */
  transcript: string;
  /** What went otherwise, line by line; empty when the call went as recorded. */
  difference: string;
};

/** Plays what the caller does in a recorded call against an application, and tells what went otherwise. */
export async function playRecordedCall(text: string, options: CallOptions & { url: string }): Promise<PlayedCall> {
  const { lines, settings } = parseRecordedCall(text);
  const acts = lines.flatMap((line) => ('act' in line ? [line.act] : []));
  const [first, ...others] = acts;
  if (first?.does !== 'dials') throw new Error('A recorded call begins with "> dials" and a number.');
  const to = first.number.startsWith('+') ? first.number : `+62${first.number}`;
  const from = options.from ?? settings.from;
  const phone = await dial(options.url, { ...options, to, ...(from && { from }) });
  const trouble = await play(phone, others);
  const got = [...phone.transcript, ...trouble.map((line) => `  ?? ${line}`)];
  const recorded = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const isNoComment = (line: string) => !line.startsWith('#');
  return {
    transcript: `${withComments(lines, got).join('\n')}\n`,
    difference: transcriptDiff(recorded.filter(isNoComment).map(tidy), got.map(tidy)),
  };
}

async function play(phone: Phone, acts: readonly Act[]): Promise<string[]> {
  try {
    for (const act of acts) {
      if (phone.isOver) return [`the call is over, and the caller has not yet done: ${writeAct(act)}`];
      await perform(phone, act);
    }
    await phone.waitUntilSilence();
    if (phone.isOver) return [];
    await phone.hangUp();
    return ['the recording ends here, and the call does not'];
  } catch (error) {
    await phone.hangUp('at once');
    return [error instanceof Error ? error.message.split('. So far:')[0]! : String(error)];
  }
}

/** Does one thing at a telephone. */
export async function perform(phone: Phone, act: Act): Promise<void> {
  switch (act.does) {
    case 'dials':
      throw new Error('The caller wanted to dial a second time');
    case 'presses':
      return act.afterMs === null ? phone.press(act.keys) : phone.interrupt(act.keys, { after: act.afterMs });
    case 'presses in the talk':
      return phone.pressInTalk(act.keys, act.talkedMs);
    case 'says':
      return phone.say(act.sentence, act.afterMs === null ? undefined : { after: act.afterMs });
    case 'stays quiet':
      return phone.stayQuiet();
    case 'officer':
      return phone.officer(act.how);
    case 'hangs up':
      return phone.hangUp(act.when);
  }
}

/** Puts the comments back: each as many lines after the same act of the caller as it stood. */
function withComments(recorded: readonly RecordedLine[], got: readonly string[]): string[] {
  const sections: string[][] = [[]];
  for (const line of got) {
    if (line.startsWith('>')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  let [section, offset] = [0, 0];
  for (const line of recorded) {
    if ('act' in line) [section, offset] = [section + 1, 0];
    if ('comment' in line) {
      const place = sections[Math.min(section, sections.length - 1)]!;
      place.splice(Math.min(offset, place.length), 0, `# ${line.comment}`.trimEnd());
    }
    offset += 1;
  }
  return sections.flat();
}

function tidy(line: string): string {
  return line.trimEnd().replace(/^([<>])\s*/, '$1 ');
}
