/** A turn as it can be told: what the caller did, what was heard then, and where the call stood. */
export type ToldTurn = { did: string; heard: readonly string[]; place?: string };

/** A call as it can be told: its turns, how it ended, and how many seconds it lasted where that is known. */
export type ToldCall = { turns: readonly ToldTurn[]; end: string; seconds: number | null };

/** A call that lasts longer by less than this is not said to last longer. */
const NOTICED_S = 2;

/** What a caller of then would find otherwise now, in sentences; none where nothing is. */
export function otherwise(then: ToldCall, now: ToldCall): string[] {
  return [...heardOtherwise(then, now), ...endsElsewhere(then, now), ...lastsLonger(then, now)];
}

/** The first turn that is heard otherwise; what comes after it follows from it. */
function heardOtherwise(then: ToldCall, now: ToldCall): string[] {
  const turns = then.turns.map((turn, index) => ({ then: turn, now: now.turns[index] }));
  const first = turns.find((turn) => !turn.now || !isSame(turn.then, turn.now));
  if (!first) return [];
  const when = first.then.did.startsWith('dials') ? 'On dialling' : `After "${first.then.did}"`;
  if (!first.now) return [`${when} the call would be over already.`];
  const [was, is] = difference(first.then.heard, first.now.heard);
  if (was === is) return [`${when} the call would stand at ${first.now.place}; it stood at ${first.then.place}.`];
  return [`${when} the caller heard ${was}, and would now hear ${is}.`];
}

const isSame = (then: ToldTurn, now: ToldTurn) =>
  JSON.stringify([then.heard, then.place]) === JSON.stringify([now.heard, now.place]);

/** The sentences of each that the other has not at that place, from the first one that differs. */
function difference(then: readonly string[], now: readonly string[]): [string, string] {
  const from = then.findIndex((sentence, index) => sentence !== now[index]);
  const at = from < 0 ? Math.min(then.length, now.length) : from;
  return [shown(then[at]), shown(now[at])];
}

const shown = (sentence: string | undefined) => (sentence === undefined ? 'nothing more' : `"${sentence}"`);

function endsElsewhere(then: ToldCall, now: ToldCall): string[] {
  return then.end === now.end ? [] : [`The call ended so: ${then.end}. Now it would end so: ${now.end}.`];
}

function lastsLonger({ seconds: before }: ToldCall, { seconds: after }: ToldCall): string[] {
  if (before === null || after === null || after - before < NOTICED_S) return [];
  return [`The caller would wait ${after - before} s longer: ${inMinutes(after)} in place of ${inMinutes(before)}.`];
}

const inMinutes = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
