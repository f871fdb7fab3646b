import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { settingsOfThisProcess } from '../config.ts';
import { startHotline } from '../hotline.ts';
import { takeOrders } from '../load/takeOrders.ts';
import { withoutFlows } from './withoutFlows.ts';

/** What may be measured: this hotline, the same without its flows, and two servers that it is compared with. */
export type Contender = 'hotline' | 'withoutFlows' | 'tutorial' | 'bare';

/** The express application of a contender; loaded only where it is measured, so that each process holds its own. */
const applications = {
  tutorial: async () => (await import('./tutorialHandler.ts')).tutorialHandler(),
  bare: async () => (await import('./bareExpress.ts')).bareExpress(),
};

takeOrders(async (contender: Contender) => {
  if (contender === 'hotline') return startHotline(settingsOfThisProcess());
  if (contender === 'withoutFlows') return startHotline(settingsOfThisProcess(), { switchboard: withoutFlows });
  const server = createServer(await applications[contender]());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, listensAt: url, authToken: '' };
});
