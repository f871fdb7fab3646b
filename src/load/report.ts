import { type Findings, guessedTooOften } from './loadTest.ts';
import type { WrongCall } from './tally.ts';

/** What a load test found out as one plain object, for `--json`. Latencies and time on the processor in milliseconds, memory in megabytes. */
export function plainReport(findings: Findings) {
  const { tally, seconds, guesses, deaths, rssStartMB, rssEndMB, callersCpuMs, serverCpuMs } = findings;
  const perSecond = (count: number) => Math.round((count / seconds) * 10) / 10;
  return {
    calls: tally.calls,
    turns: tally.turns,
    seconds: Math.round(seconds * 10) / 10,
    callsPerSecond: perSecond(tally.calls),
    turnsPerSecond: perSecond(tally.turns),
    p50ms: tally.percentile(50),
    p95ms: tally.percentile(95),
    p99ms: tally.percentile(99),
    wrong: tally.wrong,
    crossTalk: tally.crossTalk,
    rssStartMB,
    rssEndMB,
    callersCpuMs: hundredths(callersCpuMs),
    serverCpuMs: serverCpuMs && hundredths(serverCpuMs),
    troubled: tally.troubled,
    lostKeys: tally.lostKeys,
    deaths,
    guesses,
    guessedTooOften: guessedTooOften(findings),
    coverage: coverageOf(findings),
    personas: tally.personas(),
    whatWasWrong: tally.whatWasWrong(),
    wrongCalls: tally.wrongCalls.map(({ persona, findings: found, transcript }) => ({ persona, found, transcript })),
  };
}

/** How many transitions of the flows were taken, and which were not. */
function coverageOf({ transitions }: Findings) {
  if (!transitions) return null;
  const { all, taken } = transitions;
  return { transitions: all.length, taken: taken.size, missed: all.filter((name) => !taken.has(name)) };
}

const hundredths = (ms: number) => Math.round(ms * 100) / 100;

/** A load test's findings as an object. */
export type PlainReport = ReturnType<typeof plainReport>;

/** Whether everything was right: no wrong answer, no cross-talk, and no guessing beyond the limits. */
export const isAllRight = ({ wrong, crossTalk, guessedTooOften: tooOften }: PlainReport): boolean =>
  wrong === 0 && crossTalk === 0 && !tooOften;

const BAR = 30;

/** A bar of so large a part (0 to 1) of its whole length, in eighths of a character. */
export function bar(part: number, width = BAR): string {
  const eighths = Math.round(Math.min(1, Math.max(0, part)) * width * 8);
  const last = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return '█'.repeat(Math.floor(eighths / 8)) + last;
}

/** What a load test found out, drawn for a terminal. */
export function drawnReport(report: PlainReport, byLength: readonly { upToMs: number; turns: number }[]): string {
  const { calls, turns, seconds, callsPerSecond, turnsPerSecond, p50ms, p95ms, p99ms, callersCpuMs, serverCpuMs } =
    report;
  return [
    `${calls} calls, ${turns} turns in ${seconds} s: ${callsPerSecond} calls and ${turnsPerSecond} turns a second`,
    `a turn takes ${p50ms} ms (p50), ${p95ms} ms (p95), ${p99ms} ms (p99)`,
    `and keeps a processor busy for ${callersCpuMs} ms on the callers' side${serverCpuMs === null ? '' : `, ${serverCpuMs} ms on the server's`}`,
    ...lengths(byLength, turns),
    '',
    ...byPersona(report),
    '',
    ...verdict(report),
    ...report.whatWasWrong.map(([what, times]) => `${String(times).padStart(8)} × ${what}`),
    ...report.wrongCalls.flatMap(wrongCall),
  ].join('\n');
}

function lengths(byLength: readonly { upToMs: number; turns: number }[], all: number): string[] {
  return byLength
    .filter(({ turns }) => turns > 0)
    .map(
      ({ upToMs, turns }) => `${`up to ${upToMs} ms`.padStart(16)} ${String(turns).padStart(8)} ${bar(turns / all)}`,
    );
}

function byPersona({ personas }: PlainReport): string[] {
  const head = `${'who called'.padEnd(26)}${'calls'.padStart(8)}${'contained'.padStart(11)}${'officer'.padStart(9)}${'in vain'.padStart(9)}${'first fact'.padStart(12)}`;
  const rows = Object.entries(personas).map(([name, { calls, contained, officer, noOfficer, firstFactSeconds }]) => {
    const fact = firstFactSeconds === null ? '–' : `${firstFactSeconds} s`;
    const counts = [String(calls).padStart(8), String(contained).padStart(11), String(officer).padStart(9)];
    return `${name.padEnd(26)}${counts.join('')}${String(noOfficer).padStart(9)}${fact.padStart(12)}  ${bar(contained / calls, 10)}`;
  });
  return [head, ...rows];
}

function verdict(report: PlainReport): string[] {
  const { wrong, crossTalk, guesses, rssStartMB, rssEndMB, troubled, lostKeys, deaths, coverage } = report;
  const lines = [
    `wrong answers: ${wrong}   cross-talk: ${crossTalk}`,
    `failed lookups told to one caller or of one number: at most ${guesses.inAQuarterOfAnHour} in a quarter of an hour, ${guesses.inADay} in a day`,
  ];
  if (rssEndMB !== null) lines.push(`memory of the server: ${rssStartMB} MB when warm, ${rssEndMB} MB at the end`);
  if (deaths > 0 || troubled > 0)
    lines.push(`the server died ${deaths} times; ${troubled} callers met planned trouble`);
  if (lostKeys > 0) lines.push(`${lostKeys} callers pressed a key when nothing listened`);
  if (coverage) lines.push(`${coverage.taken} of ${coverage.transitions} transitions were taken; nobody took`);
  return [...lines, ...byState(coverage?.missed ?? [])];
}

/** Transitions are told by the state that they leave: `  mainMenu.asking: key.7, silence`. */
function byState(transitions: readonly string[]): string[] {
  const states = Map.groupBy(transitions, (name) => name.split(' ', 1)[0]!);
  return [...states].map(
    ([state, names]) => `  ${state}: ${names.map((name) => name.slice(state.length + 1)).join(', ')}`,
  );
}

function wrongCall({ persona, found, transcript }: PlainReport['wrongCalls'][number]): string[] {
  return [
    '',
    `${persona}: ${found.map(({ kind, what }: WrongCall['findings'][number]) => `${kind}, ${what}`).join('; ')}`,
    ...transcript,
  ];
}
