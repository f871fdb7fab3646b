import { parseArgs } from 'node:util';
import { settingsOfThisProcess } from '../config.ts';
import { sqliteDatabase } from '../database/sqliteDatabase.ts';
import { memberTables } from '../database/steps.ts';
import type { FamilyRecord } from '../membership/family.ts';
import { membersIn } from '../membership/membersIn.ts';
import { cardNumberOf, mostMembers, population } from '../membership/population.ts';
import { todayInWib } from '../membership/todayInWib.ts';
import { openDatabase } from '../openDatabase.ts';
import { command, WrongArguments } from './command.ts';
import { progress } from './progress.ts';
import { wholeNumber } from './wholeNumber.ts';

const usage = 'npm run seed -- --members 1000000 [--seed 1] [--file data/members.db]';

type Wish = ReturnType<typeof wishFrom>;

function wishFrom(args: string[]) {
  const { values } = parseArgs({
    args,
    options: { members: { type: 'string' }, seed: { type: 'string', default: '1' }, file: { type: 'string' } },
  });
  if (values.members === undefined) throw new WrongArguments('--members is missing');
  if (values.file === '') throw new WrongArguments('--file is empty');
  const settings = settingsOfThisProcess();
  return {
    members: wholeNumber('--members', values.members, { most: mostMembers }),
    seed: wholeNumber('--seed', values.seed, { most: 2 ** 32 - 1 }),
    open: async () =>
      values.file === undefined ? openDatabase(settings, memberTables) : sqliteDatabase(values.file, memberTables),
    today: settings.pretendToday || todayInWib(new Date()),
  };
}

/** Hands the families on, and shows how far it is. */
function* shown(families: Iterable<FamilyRecord>, members: number): Generator<FamilyRecord> {
  const bar = progress(members);
  let done = 0;
  for (const family of families) {
    done += family.members.length;
    bar.reached(done);
    yield family;
  }
  bar.end();
}

async function seed({ members, seed, open, today }: Wish): Promise<void> {
  const started = performance.now();
  const database = await open();
  try {
    // A population that was broken off is about to be replaced: nobody needs to be told of it.
    const directory = await membersIn(database, { today: () => today, warn: () => {} });
    await directory.replacePopulation({ members, seed }, shown(population({ members, seed, today }), members));
  } finally {
    await database.close();
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (members === 0)
    return console.log(
      `No invented population is in ${database.name} any more: the numbers to try are its only members.`,
    );
  const example = `Their cards begin with ${cardNumberOf(0)}.`;
  console.log(`${members} members of seed ${seed} are in ${database.name} (${seconds} s). ${example}`);
}

await command(usage, (args) => seed(wishFrom(args)));
