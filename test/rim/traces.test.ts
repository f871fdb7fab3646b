import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { wantsTraces } from '../../src/settings.ts';
import { dial } from '../../src/simulator/phone.ts';
import * as traceCollector from './collector.ts';
import { ownFolder } from './folder.ts';

async function collector() {
  const collecting = await traceCollector.collector();
  onTestFinished(collecting.close);
  return collecting;
}

/** A hotline that sends its traces there; they have arrived when it is closed. */
async function traced(env: NodeJS.ProcessEnv) {
  const folder = ownFolder();
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: '2026-11-21', ...env });
  const { url, authToken, close } = await startHotline(settings, { log: jsonLog('silent') });
  onTestFinished(close);
  return { folder, close, call: () => dial(`${url}/voice`, { authToken }) };
}

test('each turn is a span with its flow and places, and each lookup is one within that of its turn', async () => {
  const { env, spans, asked, resource } = await collector();
  const { call, close } = await traced(env);
  const phone = await call();
  for (const keys of ['2', '0009999000020#', '1', '0000']) await phone.press(keys);
  await close();
  expect(asked).toEqual(['/v1/traces']);
  expect(spans().map(({ name, parent, says }) => [name, parent, says.to ?? says.question])).toEqual([
    ['turn', null, 'mainMenu.choosing.asking'],
    ['turn', null, 'identify.number.asking'],
    ['turn', null, 'identify.confirming.asking'],
    ['lookup', 'turn', 'findMember'],
    ['turn', null, 'prove.lastFour.asking'],
    ['lookup', 'turn', 'proveMember'],
    ['lookup', 'turn', 'findBill'],
    ['turn', null, 'bill.choosing.asking'],
  ]);
  expect(spans()[1]!.says).toEqual({
    turn: 1,
    flow: 'identify',
    from: 'mainMenu.choosing.asking',
    to: 'identify.number.asking',
    repeated: false,
  });
  expect(spans()[3]!.says).toEqual({ question: 'findMember', outcome: 'found' });
  const said = resource();
  expect(said['service.name']).toBe('hotline');
  expect(Object.keys(said).filter((name) => !/^(service\.name|telemetry\.sdk\.\w+)$/.test(name))).toEqual([]);
});

test('a turn that fails is a span that says so, and nothing of what the error said', async () => {
  const { env, spans, bodies } = await collector();
  const { call, close, folder } = await traced(env);
  const phone = await call();
  const other = new DatabaseSync(join(folder, 'calls.db'), { timeout: 5_000 });
  other.exec(`CREATE TRIGGER full BEFORE UPDATE ON calls BEGIN SELECT RAISE(ABORT, 'no room for anybody'); END`);
  other.close();
  await phone.press('4');
  await close();
  expect(spans().map(({ failed, says }) => [failed, says['error.type']])).toEqual([
    [false, undefined],
    [true, 'Error'],
  ]);
  expect(bodies.join()).not.toContain('no room');
});

test('a hotline whose collector is gone answers, and stops soon', async () => {
  const { env } = await collector();
  const nowhere = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', nowhere.OTEL_EXPORTER_OTLP_ENDPOINT);
  const { call, close } = await traced(nowhere);
  await (await call()).hear(/Selamat datang/);
  const began = performance.now();
  await close();
  expect(performance.now() - began).toBeLessThan(5_000);
});

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, true],
  [{ OTEL_TRACES_EXPORTER: 'console' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
])('whether there are traces with %j: %s', (env, wanted) => {
  expect(wantsTraces(readSettings(env))).toBe(wanted);
});
