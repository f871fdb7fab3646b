/** Something that shows on standard error how far a piece of work is. */
type Progress = { reached(done: number, beside?: string): void; end(): void };

/** Shows how much of so many is done: a bar in place on a terminal, a line each tenth elsewhere. */
export function progress(all: number): Progress {
  const inPlace = process.stderr.isTTY;
  const step = Math.ceil(all / (inPlace ? 200 : 10)) || 1;
  let before = 0;
  return {
    reached(done, beside = '') {
      if (Math.floor(done / step) > Math.floor(before / step) || done === all) draw(done / all, inPlace, beside);
      before = done;
    },
    end() {
      if (inPlace) process.stderr.write('\n');
    },
  };
}

function draw(part: number, inPlace: boolean, beside: string): void {
  const percent = `${Math.floor(part * 100)} %`.padStart(5);
  const filled = Math.round(part * 40);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(40 - filled)}]`;
  const clearRest = '\u001b[K';
  process.stderr.write(inPlace ? `\r${bar} ${percent}${beside}${clearRest}` : `${percent}${beside}\n`);
}
