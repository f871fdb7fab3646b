import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { coldStart } from '../bench/coldStart.ts';
import { contest, type Terms } from '../bench/contest.ts';
import { halfLoad } from '../bench/halfLoad.ts';
import { lookups } from '../bench/lookups.ts';
import { memoryAfter } from '../bench/memory.ts';
import { parkedCallBytes } from '../bench/parkedCalls.ts';
import { type Bench, drawnBench, type PostgresContest, plainBench } from '../bench/report.ts';
import { mostMembers } from '../membership/population.ts';
import { command } from './command.ts';
import { progressBar } from './progressBar.ts';
import { wholeNumber } from './wholeNumber.ts';

const usage = `npm run bench -- [--rounds 7] [--seconds 3] [--members ${mostMembers}] [--calls 100000] [--database postgres://…] [--json]`;

const COLD_STARTS = 3;
const PARKED_CALLS = 10_000;
const FEW_MEMBERS = 10_000;
const MANY_MEMBERS = 1_000_000;

function wishFrom(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      rounds: text,
      seconds: text,
      members: text,
      calls: text,
      database: text,
      json: { type: 'boolean', default: false },
    },
  });
  return {
    rounds: wholeNumber('--rounds', values.rounds ?? '7', { least: 1, most: 100 }),
    seconds: wholeNumber('--seconds', values.seconds ?? '3', { least: 1, most: 60 }),
    members: wholeNumber('--members', values.members ?? `${mostMembers}`, { least: FEW_MEMBERS, most: mostMembers }),
    calls: wholeNumber('--calls', values.calls ?? '100000', { least: 1_000, most: 1_000_000 }),
    database: values.database ?? null,
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

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** The same of work that goes round by round. */
const measuringRounds = <Result>(what: string, rounds: number, work: (onRound: () => void) => Promise<Result>) =>
  measuring(what, (show) => {
    let done = 0;
    return work(() => show(++done / rounds));
  });

/** A contest whose hotline has so many copies. */
const contested = (terms: Terms) =>
  measuringRounds(
    `A turn of ${terms.copies ?? 1} against a bare Express route and a tutorial handler`,
    terms.rounds,
    (onRound) => contest(terms, onRound),
  );

/** The same with PostgreSQL, for one copy and for two. The secrets are made up: all copies must have the same. */
async function inPostgres(rounds: number, seconds: number, database: string): Promise<PostgresContest> {
  const settings = {
    ...{ DATABASE_URL: database, DATABASE_CONNECTIONS: '10' },
    ...{ DATA_KEY: randomBytes(32).toString('hex'), TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex') },
  };
  const [one, two] = [
    await contested({ rounds, seconds, settings }),
    await contested({ rounds, seconds, settings, copies: 2 }),
  ];
  return { one, two };
}

async function bench({ rounds, seconds, members, calls, database, json }: ReturnType<typeof wishFrom>) {
  const sizes = [...new Set([FEW_MEMBERS, Math.min(MANY_MEMBERS, members), members])];
  // First of all, since a database that is in use is refused: it was sealed with another key.
  const postgres = database === null ? null : await inPostgres(rounds, seconds, database);
  const full = await contested({ rounds, seconds });
  const found: Bench = {
    contest: full,
    halfLoad: await measuringRounds('The same at half of the load of a hotline', rounds, (onRound) =>
      halfLoad(full, rounds, onRound),
    ),
    postgres,
    coldStart: await measuring('Cold start', () => coldStart(COLD_STARTS)),
    parkedCallBytes: await measuring(`${PARKED_CALLS} parked calls`, () => parkedCallBytes(PARKED_CALLS)),
    memory: await measuring(`${calls} calls`, (show) => memoryAfter(calls, (made) => show(made / calls))),
    lookups: await measuring(`Lookups among ${members} members`, (show) => {
      let laid = 0;
      return lookups(sizes, (size) => {
        laid += size;
        show(laid / sum(sizes));
      });
    }),
  };
  console.log(json ? JSON.stringify(plainBench(found)) : drawnBench(found));
}

await command(usage, (args) => bench(wishFrom(args)));
