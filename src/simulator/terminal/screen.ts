import type { Writable } from 'node:stream';
import { type Look, widthOf } from './frame.ts';

/** Where the telephone is drawn: a terminal, or a pipe, which has no size and forgets nothing. */
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number };

/** A screen whose last lines change in place while everything above them stays as it was printed. */
type Screen = {
  readonly look: Look;
  /** Prints lines that stay, and draws under them the lines that change. */
  draw(lasting: readonly string[], live: readonly string[]): void;
  /** Takes the changing lines away and gives the cursor back. */
  close(): void;
};

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const CLEAR_REST_OF_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

/** Draws on a terminal, or prints only what stays when the output is a pipe. */
export function screenOn(output: Output, colour: boolean): Screen {
  return output.isTTY ? terminalScreen(output, colour) : pipeScreen(output, colour);
}

function pipeScreen(output: Output, colour: boolean): Screen {
  return {
    look: { columns: 100, rows: 24, colour },
    draw: (lasting) => {
      if (lasting.length > 0) output.write(`${lasting.join('\n')}\n`);
    },
    close: () => {},
  };
}

function terminalScreen(output: Output, colour: boolean): Screen {
  let drawn: readonly string[] = [];
  const columns = () => Math.max(10, output.columns ?? 80);
  // A window made narrower has folded the lines drawn before, so their height is counted anew each time.
  const height = () => drawn.reduce((rows, line) => rows + Math.max(1, Math.ceil(widthOf(line) / columns())), 0);
  const toTop = () => (height() > 1 ? `\x1b[${height() - 1}A\r` : '\r');
  const giveBack = () => output.write(SHOW_CURSOR);
  process.once('exit', giveBack);
  output.write(HIDE_CURSOR);
  return {
    get look() {
      return { columns: columns(), rows: output.rows ?? 24, colour };
    },
    draw(lasting, live) {
      if (lasting.length === 0 && sameLines(live, drawn)) return;
      // Line by line over the old picture and in one write: an emptied screen in between would flicker.
      const lines = [...lasting, ...live].map((line) => line + CLEAR_REST_OF_LINE);
      // The cursor rests on the last changing line; without one it must leave what stays.
      output.write(toTop() + lines.join('\n') + (live.length === 0 ? '\n' : '') + CLEAR_BELOW);
      drawn = live;
    },
    close() {
      output.write(`${toTop()}${CLEAR_BELOW}`);
      drawn = [];
      process.removeListener('exit', giveBack);
      giveBack();
    },
  };
}

function sameLines(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, index) => line === others[index]);
}
