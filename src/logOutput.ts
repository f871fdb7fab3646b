import { pino } from 'pino';

/** Lines wait for one another a quarter of a second, so that no turn waits for the log; at the end all are written. */
const WAITING = { sync: false, minLength: 4_096, periodicFlush: 250 };

/** Where lines of the log go, as the system numbers it, and how many bytes may wait there. */
type Output = { dest?: number; mostWaitingBytes?: number };

const STANDARD_OUTPUT = 1;
const MOST_WAITING_BYTES = 16 * 2 ** 20;

/**
 * Standard output, unless told otherwise, for a log. Where nobody takes the lines, be it a disk that is full or a collector
 * that has stopped, they are lost before memory is, and no call is; once they are taken again, a line says how many.
 */
export function logOutput({ dest = STANDARD_OUTPUT, mostWaitingBytes = MOST_WAITING_BYTES }: Output = {}) {
  const output = pino.destination({ ...WAITING, dest, maxLength: mostWaitingBytes });
  let lost = 0;
  let isRefused = false;
  output.on('drop', () => {
    lost += 1;
  });
  // What could not be written waits, and is tried again with the lines that come.
  output.on('error', () => {
    isRefused = true;
  });
  output.on('write', () => {
    isRefused = false;
  });
  // Pino would wait at the end of the process until all is written, for ever perhaps.
  const giveUp = () => (isRefused || lost > 0) && output.destroy();
  for (const trouble of ['drop', 'error']) output.once(trouble, () => process.prependListener('exit', giveUp));
  output.on('drain', () => {
    if (lost === 0) return;
    const line = { level: pino.levels.values.warn, time: new Date().toISOString(), count: lost };
    lost = 0;
    output.write(`${JSON.stringify({ ...line, msg: 'lines of the log were lost: nobody took them' })}\n`);
  });
  return output;
}
