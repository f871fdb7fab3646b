import { beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import type { Order } from '../../src/simulator/courier/courier.ts';
import type { Underway } from '../../src/simulator/line.ts';
import { type CallOptions, dial, type Phone } from '../../src/simulator/phone.ts';
import { keptFolder } from './folder.ts';
import { longCall } from './longCall.ts';

const authToken = 'tokenOfALineThatIsCutOff';
const inFolder = keptFolder();
let url = '';

beforeAll(async () => {
  const env = { PORT: '0', DATA_DIR: inFolder, TWILIO_AUTH_TOKEN: authToken, PRETEND_TODAY: '2026-11-21' };
  const settings = readSettings({ ...env, LOOKUP_FAILURES_IN_15_MINUTES: '1000', LOOKUP_FAILURES_A_DAY: '1000' });
  const hotline = await startHotline(settings, { log: jsonLog('silent') });
  url = `${hotline.url}/voice`;
  return hotline.close;
});

/** A telephone that also tells how far its call is. */
async function telephone(options: Partial<CallOptions> = {}) {
  const kept: { phone?: Phone; order?: Order } = {};
  let lastedMs = options.underway?.lastedMs ?? 0;
  const onExchange = ({ url: asked, method, form }: Order) => {
    kept.order = { url: asked, method, form };
    lastedMs = kept.phone?.telephone.events.at(-1)?.at ?? lastedMs;
  };
  kept.phone = await dial(url, { authToken, ...options, onExchange });
  return { phone: kept.phone, underway: (): Underway => ({ ...kept.order!, lastedMs }) };
}

async function goOn(phone: Phone, acts: typeof longCall): Promise<string[]> {
  for (const act of acts) {
    await phone.waitUntilSilence();
    await act(phone);
  }
  await phone.waitUntilSilence();
  return phone.transcript;
}

describe('a call whose line is cut off after any turn, and that another line takes up', () => {
  let undisturbed: Phone;
  beforeAll(async () => {
    ({ phone: undisturbed } = await telephone());
    await goOn(undisturbed, longCall);
  });
  // How long it lasted, and in which language it began, a transcript counts from where it begins itself.
  const words = (lines: readonly string[]) => lines.map((line) => line.replace(/\d+:\d\d\)$|\[[a-z]+-[A-Z]+\] /, ''));

  test.each(longCall.map((_, turn) => turn))('goes on as if nothing had happened: after turn %i', async (turn) => {
    const before = await telephone();
    await goOn(before.phone, longCall.slice(0, turn));
    const { phone } = await telephone({ underway: before.underway() });
    const heard = await goOn(phone, longCall.slice(turn));
    expect(heard.filter((line) => line.startsWith('>'))).toHaveLength(longCall.length - turn);
    expect(words(heard)).toEqual(words(undisturbed.transcript.slice(-heard.length)));
    expect(phone.telephone.events.at(-1)).toMatchObject(undisturbed.telephone.events.at(-1)!);
    expect(phone.telephone.from).toBe(before.phone.telephone.from);
  });
});
