import { execFileSync, spawnSync } from 'node:child_process';
import { constants, createReadStream, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { TurnReport } from '../../src/call/switchboard.ts';
import { jsonLog } from '../../src/log.ts';
import { logOutput } from '../../src/logOutput.ts';
import { ownFolder } from './folder.ts';

function writtenBy(write: (log: ReturnType<typeof jsonLog>) => void, level = 'info') {
  const lines: string[] = [];
  write(jsonLog(level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const report: TurnReport = { call: 'CA1', turn: 2, flow: 'bill', from: 'menu', to: 'bill', ms: 7, repeated: false };

test('a turn is one line: call, flow, states and milliseconds', () => {
  const [line, ...more] = writtenBy((log) => log.turn(report));
  expect(more).toEqual([]);
  expect(line).toEqual({ level: 30, time: expect.any(String), msg: 'turn', ...report });
});

test('what does not belong in a report is not logged with it', () => {
  const careless = { ...report, digits: '0009999000017', caller: '+6281200000000' };
  expect(JSON.stringify(writtenBy((log) => log.turn(careless)))).not.toMatch(/0009999000017|62812/);
});

test('an error is logged with its causes, and every number in it is masked', () => {
  const cause = new RangeError('no row for 3299991708850000');
  const error = Object.assign(new Error('lookup of 0009999000017 failed', { cause }), { digits: '0009999000017' });
  const [line] = writtenBy((log) => log.trouble('a turn failed', error, 'CA1'));
  expect(line).toMatchObject({
    msg: 'a turn failed',
    call: 'CA1',
    error: {
      name: 'Error',
      message: 'lookup of **** failed',
      cause: { name: 'RangeError', message: 'no row for ****' },
    },
  });
  expect(JSON.stringify(line)).not.toMatch(/0009999|329999/);
});

test('a number in groups is masked too, and an address of a machine is not', () => {
  const [line] = writtenBy((log) => log.trouble('a turn failed', new Error('329-999 170-885, from 10.0.0.1')));
  expect(line).toMatchObject({ error: { message: '****, from 10.0.0.1' } });
});

test.each([
  ['PostgreSQL at 127.0.0.1:5432 is away', 'PostgreSQL at 127.0.0.1:5432 is away'],
  ['connect ECONNREFUSED localhost:15401', 'connect ECONNREFUSED localhost:15401'],
  ['no answer of db1.example.org:5432.', 'no answer of db1.example.org:5432.'],
])('a port tells where it went wrong: %s', (message, logged) => {
  const [line] = writtenBy((log) => log.trouble('a turn failed', new Error(message)));
  expect(line).toMatchObject({ error: { message: logged } });
});

test.each([
  ['caller:081200', 'caller:****'],
  ['localhost:0812', 'localhost:****'],
  ['127.0.0.1:081200000001', '127.0.0.1:****'],
  ['127.0.0.1:8120-0000', '127.0.0.1:****'],
  ['db.example.org:5432 0017', 'db.example.org:****'],
  ['sip:6281200000001.example.org:5060', 'sip:****.example.org:****'],
  ['+6281200000001@10.0.0.1:5060', '+****@10.0.0.1:****'],
])('what only looks like a port is masked: %s', (message, logged) => {
  const [line] = writtenBy((log) => log.trouble('a turn failed', new Error(message)));
  expect(line).toMatchObject({ error: { message: logged } });
});

test('who logs no turns still sees who is refused and what is worth a look', () => {
  const lines = writtenBy((log) => {
    log.note('old calls are forgotten', { count: 2 });
    log.note('a request was refused', { level: 'warn', status: 403, reason: 'The signature is wrong.' });
  }, 'warn');
  expect(lines).toEqual([
    {
      level: 40,
      time: expect.any(String),
      msg: 'a request was refused',
      status: 403,
      reason: 'The signature is wrong.',
    },
  ]);
});

test('what was thrown and is no error is masked too', () => {
  const [line] = writtenBy((log) => log.trouble('a turn failed', '0009999000017'));
  expect(line).toMatchObject({ error: { name: 'string', message: '****' } });
});

test('a silent log writes nothing', () => {
  expect(writtenBy((log) => log.turn(report), 'silent')).toEqual([]);
});

test('where nobody reads the log, lines are lost before memory is, and whoever reads it again is told how many', async () => {
  const pipe = join(ownFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const dest = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const output = logOutput({ dest, mostWaitingBytes: 200_000 });
  onTestFinished(() => output.end());
  const log = jsonLog('info', output);
  const count = 10_000;
  for (let turn = 0; turn < count; turn++) log.turn({ ...report, turn });

  const reader = createReadStream(pipe);
  let read = 0;
  for await (const text of createInterface({ input: reader })) {
    const line = JSON.parse(text);
    if (line.msg !== 'turn') {
      expect(line).toMatchObject({
        level: 40,
        msg: 'lines of the log were lost: nobody took them',
        count: count - read,
      });
      break;
    }
    expect(line.turn).toBe(read++);
  }
  expect([read > 500, read < count]).toEqual([true, true]);
});

test.runIf(existsSync('/dev/full'))('a log on a full disk ends nothing', async () => {
  const output = logOutput({ dest: openSync('/dev/full', 'w'), mostWaitingBytes: 20_000 });
  const emits = vi.spyOn(output, 'emit');
  const log = jsonLog('info', output);
  for (let turn = 0; turn < 1_000; turn++) log.turn({ ...report, turn });
  // Where nobody listens for it, an error ends the process.
  await expect.poll(() => emits.mock.calls).toContainEqual(['error', expect.objectContaining({ code: 'ENOSPC' })]);
  log.turn(report);
  output.destroy();
});

test.runIf(existsSync('/dev/full'))('who logs to a full disk can end', () => {
  const program = `
    import { logOutput } from './src/logOutput.ts';
    const output = logOutput();
    output.once('error', () => process.exit(7));
    output.write('as much as is written at once '.repeat(1_000));
  `;
  const stdio = ['ignore', openSync('/dev/full', 'w'), 'inherit'] as const;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    stdio: [...stdio],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  expect(status).toBe(7);
});
