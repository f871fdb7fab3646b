import type { Box } from '../console/told.ts';
import { textWidth } from './textWidth.ts';

type Size = Pick<Box, 'width' | 'height'>;

/** Room in a box beside its words: its edges, and a sign of its kind. */
const EDGES = 26;
const SIGN = 20;

/** The size of a box with a title in 13 px and, beneath, perhaps a note in 11 px. */
export const boxFor = (title: string, note: string | null): Size => ({
  width: Math.max(72, textWidth(title, 13), textWidth(note ?? '', 11)) + EDGES + SIGN,
  height: note === null ? 32 : 46,
});

/** The size of a label on an arrow, in lines of 11 px. */
export const labelFor = (lines: readonly string[]): Size | null =>
  lines.length === 0
    ? null
    : { width: Math.max(...lines.map((line) => textWidth(line, 11))) + 8, height: 14 * lines.length + 2 };
