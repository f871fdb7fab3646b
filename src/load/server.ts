import { join } from 'node:path';
import { settingsOfThisProcess } from '../config.ts';
import { startHotline } from '../hotline.ts';
import { memberDirectory } from '../membership/directory.ts';
import { population } from '../membership/population.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { unsteadyMembers } from './unsteadyMembers.ts';

/** A hotline that shall begin: with which population, new or as it lies there, and whether its members are unsteady. */
export type Beginning = { members: number; seed: number; isNew: boolean; unsteady: boolean };

/** What a load test tells its server: to begin, or to say what it has used; the server ends with the channel. */
export type Order = { begin: Beginning } | 'use';

/** What the server answers: where it listens, or its memory and its time on the processor. */
export type Report = { url: string; authToken: string } | { rssMB: number; cpuSeconds: number };

const tell = (report: Report) => void process.send?.(report);
const settings = settingsOfThisProcess();
const today = () => settings.pretendToday ?? todayInWib(new Date());

async function directory({ members, seed, isNew }: Beginning) {
  const own = await memberDirectory({ file: join(settings.dataDir, 'members.db'), today, warn: () => {} });
  const size = { members, seed };
  if (isNew) await own.replacePopulation(size, population({ ...size, today: today() }));
  return own;
}

async function begin(beginning: Beginning): Promise<void> {
  const own = await directory(beginning);
  const membership = beginning.unsteady ? unsteadyMembers(own, beginning.seed) : own;
  const { url, authToken } = await startHotline(settings, { membership });
  tell({ url, authToken });
}

function tellUse(): void {
  const { user, system } = process.cpuUsage();
  tell({ rssMB: process.memoryUsage.rss() / 2 ** 20, cpuSeconds: (user + system) / 1e6 });
}

process.on('message', (order: Order) => {
  if (order === 'use') tellUse();
  else void begin(order.begin);
});
process.on('disconnect', () => process.exit());
