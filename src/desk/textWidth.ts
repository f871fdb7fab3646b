/** How wide the characters of a usual sans-serif are, in parts of its size; all others are as wide as most letters. */
const widths: readonly [characters: string, width: number][] = [
  ["ijl.,:;'|!", 0.26],
  ['ftr ()-*[]I', 0.36],
  ['ckszvxyJ', 0.52],
  ['wABEKPSVXYRCDHNUTZFL', 0.68],
  ['GOQ', 0.78],
  ['mMW%…', 0.9],
  ['➜⚙☎', 1.1],
];
const usual = 0.58;

/** How wide a text is at most when it is drawn, in pixels: close enough to leave room for it without a page to measure on. */
export function textWidth(text: string, size: number): number {
  const parts = [...text].map(
    (character) => widths.find(([characters]) => characters.includes(character))?.[1] ?? usual,
  );
  return Math.ceil(parts.reduce((sum, width) => sum + width, 0) * size);
}
