import { join } from 'node:path';
import { settingsOfThisProcess } from '../config.ts';
import { startHotline } from '../hotline.ts';
import { memberDirectory } from '../membership/directory.ts';
import { population } from '../membership/population.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { transitionsTaken } from '../transitionsTaken.ts';
import { unsteadyMembers } from './unsteadyMembers.ts';

/**
 * A hotline that shall begin: with which population, new or as it lies there, whether its members are unsteady, and
 * whether it shall tell which transitions its calls take.
 */
export type Beginning = { members: number; seed: number; isNew: boolean; unsteady: boolean; watched: boolean };

/** What a load test tells its server: to begin, or to say what it has used; the server ends with the channel. */
export type Order = { begin: Beginning } | 'use';

/** What the server answers: where it listens, with the names of the transitions it watches, or its memory and its time on the processor. */
export type Answer = Started | { rssMB: number; cpuSeconds: number };
type Started = { url: string; authToken: string; transitions: string[] };

/** What the server tells unasked: a transition was taken for the first time. */
export type News = { took: string };

const tell = (message: Answer | News) => void process.send?.(message);
const settings = settingsOfThisProcess();
const today = () => settings.pretendToday ?? todayInWib(new Date());

function directory({ members, seed, isNew }: Beginning) {
  const own = memberDirectory({ file: join(settings.dataDir, 'members.db'), today, warn: () => {} });
  const size = { members, seed };
  if (isNew) own.replacePopulation(size, population({ ...size, today: today() }));
  return own;
}

async function begin(beginning: Beginning): Promise<void> {
  const own = directory(beginning);
  const membership = beginning.unsteady ? unsteadyMembers(own, beginning.seed) : own;
  const transitions = beginning.watched ? transitionsTaken((took) => tell({ took })) : [];
  const { url, authToken } = await startHotline(settings, { membership });
  tell({ url, authToken, transitions });
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
