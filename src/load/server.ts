import { join } from 'node:path';
import { settingsOfThisProcess } from '../config.ts';
import { startHotline } from '../hotline.ts';
import { memberDirectory } from '../membership/directory.ts';
import { population } from '../membership/population.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { takeOrders } from './takeOrders.ts';
import { unsteadyMembers } from './unsteadyMembers.ts';

/** A hotline that shall begin: with which population, new or as it lies there, and whether its members are unsteady. */
export type Beginning = { members: number; seed: number; isNew: boolean; unsteady: boolean };

const settings = settingsOfThisProcess();
const today = () => settings.pretendToday ?? todayInWib(new Date());

async function directory({ members, seed, isNew }: Beginning) {
  const own = await memberDirectory({ file: join(settings.dataDir, 'members.db'), today, warn: () => {} });
  const size = { members, seed };
  if (isNew) await own.replacePopulation(size, population({ ...size, today: today() }));
  return own;
}

takeOrders(async (beginning: Beginning) => {
  const own = await directory(beginning);
  const membership = beginning.unsteady ? unsteadyMembers(own, beginning.seed) : own;
  return startHotline(settings, { membership });
});
