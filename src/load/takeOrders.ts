import type { News } from './childServer.ts';

/** The address that requests to a server are signed for, where it listens, and what they are signed with. */
export type Begun = { url: string; listensAt: string; authToken: string };

/** Memory now, and time on the processor so far. */
export type Use = { rssMB: number; cpuSeconds: number };

/** What a measured process is told: to begin, or to say what it has used; it ends with the channel. */
export type Order<Beginning> = { begin: Beginning } | 'use';

/** What it answers. */
export type Report<Started extends Begun> = { started: Started } | { use: Use };

/**
 * Lets the process that has started this one say when, and how, a server begins here, and ask what it uses. `begin` may
 * tell news whenever there are some.
 */
export function takeOrders<Beginning, Started extends Begun>(
  begin: (beginning: Beginning, tellNews: (news: string) => void) => Promise<Started>,
): void {
  const tell = (message: Report<Started> | News) => void process.send?.(message);
  process.on('message', async (order: Order<Beginning>) => {
    if (order === 'use') tell({ use: useOfThisProcess() });
    else tell({ started: await begin(order.begin, (news) => tell({ news })) });
  });
  process.on('disconnect', () => process.exit());
}

function useOfThisProcess(): Use {
  const { user, system } = process.cpuUsage();
  return { rssMB: process.memoryUsage.rss() / 2 ** 20, cpuSeconds: (user + system) / 1e6 };
}
