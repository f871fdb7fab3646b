import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Switchboard } from '../../src/call/switchboard.ts';
import { readSettings } from '../../src/config.ts';
import { exchange } from '../../src/exchange.ts';
import { startHotline } from '../../src/hotline.ts';
import { loadTest } from '../../src/load/loadTest.ts';
import { personas } from '../../src/load/personas/index.ts';
import { plainReport } from '../../src/load/report.ts';
import { jsonLog } from '../../src/log.ts';
import { memberDirectory } from '../../src/membership/directory.ts';
import type { MembershipService } from '../../src/membership/membership.ts';
import { ownFolder } from '../rim/folder.ts';

const today = '2026-11-21';

/** What a test spoils in a hotline. */
type Planted = {
  membership?: (members: MembershipService) => MembershipService;
  switchboard?: (board: Switchboard) => Switchboard;
  env?: Record<string, string>;
};

async function plantedHotline({ membership = (own) => own, switchboard = (own) => own, env = {} }: Planted) {
  const folder = ownFolder();
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: today, ...env });
  const directory = await memberDirectory({ file: join(folder, 'members.db'), today: () => today });
  const log = jsonLog('silent');
  const members = membership(directory);
  const parts = { settings, membership: members, log, now: () => new Date(), onRecord: () => {} };
  const hotline = await startHotline(settings, {
    membership: members,
    switchboard: (store) => switchboard(exchange({ ...parts, store })),
    log,
  });
  onTestFinished(async () => {
    await hotline.close();
    await directory.close();
  });
  return { url: `${hotline.url}/voice`, authToken: hotline.authToken, statusUrl: `${hotline.url}/voice/status` };
}

/** What callers on the virtual clock find out about a hotline that was spoilt like this. */
export async function findings(planted: Planted, { calls = 40, faults = false, only = personas } = {}) {
  const target = await plantedHotline(planted);
  const stream = { calls, rate: 100, seed: 3, burst: false };
  const wish = { stream, isVirtual: true, census: { members: 2_000, seed: 1, today }, faults, only };
  return plainReport(await loadTest(wish, target, null));
}

/** Everything that was found, in one text. */
export const whatWasFound = ({ wrongCalls }: Awaited<ReturnType<typeof findings>>): string =>
  wrongCalls.flatMap(({ found }) => found.map(({ kind, what }) => `${kind}: ${what}`)).join('\n');
