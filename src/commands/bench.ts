import { parseArgs } from 'node:util';
import { coldStart } from '../bench/coldStart.ts';
import { contest } from '../bench/contest.ts';
import { lookups } from '../bench/lookups.ts';
import { memoryAfter } from '../bench/memory.ts';
import { parkedCallBytes } from '../bench/parkedCalls.ts';
import { type Bench, drawnBench, plainBench } from '../bench/report.ts';
import { command } from './command.ts';
import { progressBar } from './progressBar.ts';
import { wholeNumber } from './wholeNumber.ts';

const usage = 'npm run bench -- [--rounds 7] [--seconds 3] [--members 10000000] [--calls 100000] [--json]';

const COLD_STARTS = 3;
const PARKED_CALLS = 10_000;
const FEW_MEMBERS = 10_000;
const MANY_MEMBERS = 1_000_000;

function wishFrom(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { rounds: text, seconds: text, members: text, calls: text, json: { type: 'boolean', default: false } },
  });
  return {
    rounds: wholeNumber('--rounds', values.rounds ?? '7', { least: 1, most: 100 }),
    seconds: wholeNumber('--seconds', values.seconds ?? '3', { least: 1, most: 60 }),
    members: wholeNumber('--members', values.members ?? '10000000', { least: FEW_MEMBERS, most: 10_000_000 }),
    calls: wholeNumber('--calls', values.calls ?? '100000', { least: 1_000, most: 1_000_000 }),
    json: values.json,
  };
}

/** Says on standard error what is measured, and how far it is. */
async function measuring<Result>(what: string, work: (show: (part: number) => void) => Promise<Result>) {
  process.stderr.write(`${what} …\n`);
  const bar = progressBar();
  const result = await work(bar.show);
  bar.end();
  return result;
}

async function bench({ rounds, seconds, members, calls, json }: ReturnType<typeof wishFrom>): Promise<void> {
  const sizes = [...new Set([FEW_MEMBERS, Math.min(MANY_MEMBERS, members), members])];
  const found: Bench = {
    contest: await measuring('A turn against a bare Express route and a tutorial handler', (show) => {
      let done = 0;
      return contest(rounds, seconds, {}, () => show(++done / rounds));
    }),
    coldStart: await measuring('Cold start', () => coldStart(COLD_STARTS)),
    parkedCallBytes: await measuring(`${PARKED_CALLS} parked calls`, () => parkedCallBytes(PARKED_CALLS)),
    memory: await measuring(`${calls} calls`, (show) => memoryAfter(calls, (made) => show(made / calls))),
    lookups: await measuring(`Lookups among ${members} members`, (show) => {
      const all = sizes.reduce((sum, size) => sum + size, 0);
      let laid = 0;
      return lookups(sizes, (size) => {
        laid += size;
        show(laid / all);
      });
    }),
  };
  console.log(json ? JSON.stringify(plainBench(found)) : drawnBench(found));
}

await command(usage, (args) => bench(wishFrom(args)));
