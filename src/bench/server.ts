import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { settingsOfThisProcess } from '../config.ts';
import { startHotline } from '../hotline.ts';

/** What may be measured: this hotline, and two servers that it is compared with. */
export type Contender = 'hotline' | 'tutorial' | 'bare';

/** What a measured process is told: to begin, or to say what it has used. */
export type Order = { begin: Contender } | 'use';

/** What it answers: where it listens, or its memory and its time on the processor. */
export type Report = { url: string; authToken: string } | Use;

/** Memory now, and time on the processor so far: of the whole process, and of the thread that answers alone. */
export type Use = { rssMB: number; cpuSeconds: number; answeringSeconds: number };

const tell = (report: Report) => void process.send?.(report);

/** The express application of a contender; loaded only where it is measured, so that each process holds its own. */
const applications = {
  tutorial: async () => (await import('./tutorialHandler.ts')).tutorialHandler(),
  bare: async () => (await import('./bareExpress.ts')).bareExpress(),
};

async function begin(contender: Contender): Promise<void> {
  if (contender === 'hotline') {
    const { url, authToken } = await startHotline(settingsOfThisProcess());
    return tell({ url, authToken });
  }
  const server = createServer(await applications[contender]());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, authToken: '' });
}

const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;

function tellUse(): void {
  const [cpuSeconds, answeringSeconds] = [seconds(process.cpuUsage()), seconds(process.threadCpuUsage())];
  tell({ rssMB: process.memoryUsage.rss() / 2 ** 20, cpuSeconds, answeringSeconds });
}

process.on('message', (order: Order) => {
  if (order === 'use') tellUse();
  else void begin(order.begin);
});
process.on('disconnect', () => process.exit());
