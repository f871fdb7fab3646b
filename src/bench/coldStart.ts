import { running } from './contenders.ts';
import { median } from './median.ts';
import { connectionTo, type Measured, readyCalls } from './rounds.ts';

/** How long it takes from the start of the process to the first answered call, in milliseconds. */
export type ColdStart = {
  /** In an empty folder: databases, keys and a population of invented members are made first. */
  firstEver: number;
  /** In the same folder, once more. */
  again: number;
};

/** Starts a hotline and calls it at once; the middle of so many starts of each kind. */
export async function coldStart(times: number): Promise<ColdStart> {
  const starts: { firstEver: number; again: number }[] = [];
  for (let nth = 0; nth < times; nth++) {
    const began = performance.now();
    await using fresh = await running('hotline');
    await answered(fresh);
    const firstEver = performance.now() - began;
    await fresh.kill();
    const beganAgain = performance.now();
    await using second = await running('hotline', { folder: fresh.folder });
    await answered(second);
    starts.push({ firstEver, again: performance.now() - beganAgain });
  }
  return {
    firstEver: median(starts.map(({ firstEver }) => firstEver)),
    again: median(starts.map(({ again }) => again)),
  };
}

async function answered(server: Measured): Promise<void> {
  const connection = connectionTo(server);
  const [call] = readyCalls(server)(1);
  const { status } = await connection.ask(call![0]!);
  connection.close();
  if (status !== 200) throw new Error(`The first call was answered with ${status}.`);
}
