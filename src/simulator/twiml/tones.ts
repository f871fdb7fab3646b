const toneMs = 200;
const waits: Record<string, number> = { w: 500, W: 1_000 };

/** Whether these are tones of a keypad, with `w` for half a second of silence and `W` for a whole one. */
export function areTones(digits: string): boolean {
  return /^[0-9A-D#*wW]+$/.test(digits);
}

/** How long the tones of a keypad last, in milliseconds. */
export function tonesTime(digits: string): number {
  return [...digits].reduce((sum, digit) => sum + (waits[digit] ?? toneMs), 0);
}
