/** Where the carrier's own documentation leaves open what it does: each switch and its positions, the usual one first. */
export const switchPositions = {
  /** Whether an empty Gather result is sent as `Digits=` or without it. */
  emptyDigits: ['empty', 'absent'],
  /** Whether keys that nothing listens for are lost or kept for the next Gather. */
  typeAhead: ['drop', 'buffer'],
  /** Whether a Record in which nothing was said goes on with the next verb or tells its action. */
  emptyRecording: ['falls through', 'tells the action'],
  /** Whether a POST that is redirected by 307 stays one, or becomes a GET as by 302. */
  redirect307: ['keep', 'get'],
} as const;

/** The position of every switch. */
export type Switches = { [Name in keyof typeof switchPositions]: (typeof switchPositions)[Name][number] };

/** What the line does where nobody has chosen otherwise. */
export const usualSwitches = Object.fromEntries(
  Object.entries(switchPositions).map(([name, [usual]]) => [name, usual]),
) as Switches;

/** All switches with their positions, as a sentence names them. */
export const everySwitch = Object.entries(switchPositions)
  .map(([name, positions]) => `${name}=${positions.join('|')}`)
  .join(', ');

/** Whether there is a switch of this name, and it has this position. */
export function isPosition(name: string, position: unknown): boolean {
  const positions = Object.entries(switchPositions).find(([one]) => one === name)?.[1] ?? [];
  return positions.some((one) => one === position);
}
