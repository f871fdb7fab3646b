import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { settingsOfThisProcess } from '../config.ts';
import { loadTest } from '../load/loadTest.ts';
import type { Target } from '../load/makeCall.ts';
import { ownServer } from '../load/ownServer.ts';
import { drawnReport, isAllRight, plainReport } from '../load/report.ts';
import { mostMembers } from '../membership/population.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { command, WrongArguments } from './command.ts';
import { progress } from './progress.ts';
import { signingToken } from './signingToken.ts';
import { somethingListensAt } from './somethingListensAt.ts';
import { webAddress } from './webAddress.ts';
import { wholeNumber } from './wholeNumber.ts';

const usage =
  'npm run load -- [--calls 3000] [--rate 50] [--virtual] [--burst] [--faults] [--coverage] [--seed 1] [--json] [--url URL [--token TOKEN] [--status URL] [--members 2000]]';

const mostCalls = 1_000_000;
const mostPerSecond = 2_000;
/** The population that a server has to begin with. */
const firstMembers = 2_000;
/** Members whom nobody but those who guess ask about. */
const spare = 400;
/** Callers of a server that runs are always others: it remembers whose calls are over, and who has failed to be found. */
const mostTelephones = 100_000_000;
/** The longest call, with somebody slow and an officer who does not come, takes less. */
const LAST_CALL_MS = 20 * 60_000;

function wishFrom(args: string[]) {
  const [text, flag] = [{ type: 'string' } as const, { type: 'boolean', default: false } as const];
  const { values } = parseArgs({
    args,
    options: {
      ...{ calls: text, rate: text, seed: text, url: text, token: text, status: text, members: text },
      ...{ virtual: flag, burst: flag, faults: flag, coverage: flag, json: flag },
    },
  });
  const seed = wholeNumber('--seed', values.seed ?? '1', { most: 100_000 });
  const calls = wholeNumber('--calls', values.calls ?? '3000', { least: 1, most: mostCalls });
  const rate = wholeNumber('--rate', values.rate ?? '50', { least: 1, most: mostPerSecond });
  if (values.url === undefined && (values.token ?? values.status ?? values.members) !== undefined)
    throw new WrongArguments('--token, --status and --members are for a server named by --url');
  for (const option of ['faults', 'coverage'] as const)
    if (values.url !== undefined && values[option])
      throw new WrongArguments(`--${option} is for a server of our own, without --url`);
  const named = values.url === undefined ? null : targetFrom({ ...values, url: values.url });
  const members =
    named === null
      ? calls + spare
      : wholeNumber('--members', values.members ?? String(firstMembers), { least: 100, most: mostMembers });
  const { virtual: isVirtual, burst, faults, coverage, json } = values;
  const first = named === null ? 0 : randomInt(mostTelephones - calls);
  return { stream: { calls, rate, seed, burst, first }, isVirtual, faults, coverage, json, members, named };
}

/** A server on this machine: a load test is no visit to anybody else's. */
function targetFrom(values: { url: string; token?: string; status?: string }): Target {
  for (const [option, text] of [
    ['--url', values.url],
    ['--status', values.status],
  ] as const) {
    const address = webAddress(option, text);
    if (address !== null && !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname))
      throw new WrongArguments(`${option} leads to another machine: a load test calls this one only`);
  }
  const authToken = values.token ?? signingToken(settingsOfThisProcess());
  return { url: values.url, authToken, statusUrl: values.status ?? `${values.url}/status` };
}

/** Today, or the 10th of this month, when contributions are due. */
function dayOf({ stream: { burst }, named }: Wish): string {
  const today = settingsOfThisProcess().pretendToday ?? todayInWib(new Date());
  return burst && named === null ? `${today.slice(0, 8)}10` : today;
}

type Wish = ReturnType<typeof wishFrom>;

async function load(wish: Wish): Promise<void> {
  const { stream, isVirtual, faults, coverage, members, named, json } = wish;
  const census = { members, seed: 1, today: dayOf(wish) };
  await using parts = new AsyncDisposableStack();
  const how = { unsteady: faults, watched: coverage };
  if (named !== null && !(await somethingListensAt(new URL(named.url))))
    throw new Error(`Nothing answers at ${named.url}: start what is to be called, such as by npm start.`);
  const own = named === null ? parts.adopt(await ownServer(census, how), ({ close }) => close()) : null;
  const bar = progress(stream.calls);
  const findings = await inTime(
    loadTest(
      { stream, isVirtual, census, faults, onCall: (tally) => bar.reached(tally.calls, beside(tally)) },
      named ?? own!.target,
      own,
    ),
    isVirtual ? stream.calls * 100 + LAST_CALL_MS : (stream.calls / stream.rate) * 1_000 + LAST_CALL_MS,
  );
  bar.end();
  const report = plainReport(findings);
  console.log(json ? JSON.stringify(report) : drawnReport(report, findings.tally.byLength()));
  if (!isAllRight(report)) process.exitCode = 1;
}

const beside = ({ wrong, crossTalk, turns }: { wrong: number; crossTalk: number; turns: number }) =>
  ` ${turns} turns, ${wrong} wrong, ${crossTalk} cross-talk`;

/** Fails when the tester breaks it off, or when it takes far longer than it can. */
async function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => reject(new Error('The load test was broken off.')));
  const alarm = setTimeout(
    () => reject(new Error(`The load test was not over after ${Math.round(ms / 1_000)} s.`)),
    ms,
  );
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(alarm);
  }
}

await command(usage, (args) => load(wishFrom(args)));
// Calls of a test that was broken off still wait for their next key: nobody waits for them.
process.exit();
