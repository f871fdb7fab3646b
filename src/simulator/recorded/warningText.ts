import type { LineEvent } from '../telephone.ts';

/** A warning in one line, with the place in the document where there is one. */
export function warningText({ code, message, line, column }: Extract<LineEvent, { type: 'warning' }>): string {
  return `${code} ${message}${line === undefined ? '' : ` (line ${line}, column ${column})`}`;
}
