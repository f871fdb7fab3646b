/** Shows how far something is: in place on a terminal, a line each tenth elsewhere; nothing before two seconds are over. */
export function progressBar(quiet = false): { show(part: number): void; end(): void } {
  const began = performance.now();
  const inPlace = process.stderr.isTTY;
  const step = inPlace ? 0.005 : 0.1;
  let drawn = -1;
  return {
    show(part) {
      if (quiet || performance.now() - began < QUIET_MS || part - drawn < step) return;
      drawn = part;
      process.stderr.write(inPlace ? `\r${bar(part)}` : `${percent(part)}\n`);
    },
    end() {
      if (inPlace && drawn >= 0) process.stderr.write(`\r${' '.repeat(bar(1).length)}\r`);
    },
  };
}

const QUIET_MS = 2_000;
const WIDTH = 40;
const percent = (part: number) => `${Math.floor(part * 100)} %`.padStart(5);

function bar(part: number): string {
  const filled = Math.round(part * WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${percent(part)}`;
}
