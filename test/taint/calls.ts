import { DatabaseSync } from 'node:sqlite';
import type { Exchange } from '../../src/simulator/courier/courier.ts';
import { dial, type Phone } from '../../src/simulator/phone.ts';
import type { watchedHotline } from './hotline.ts';
import type { Health } from './members.ts';
import { bhaskara, type Person, zulaikha } from './people.ts';

type Watched = Awaited<ReturnType<typeof watchedHotline>>;

/** Somebody dials. */
function calls(hotline: Watched, caller: Person): Promise<Phone> {
  const { url, authToken } = hotline;
  const answered = (reply: Exchange['reply']) => {
    if ('fault' in reply) throw new Error(`The hotline gave no answer: ${reply.why}`);
    hotline.keepAnswer(caller, reply.headers, reply.body.toString('utf8'));
  };
  return dial(`${url}/voice`, {
    ...{ authToken, from: caller.phone, onExchange: ({ reply }) => answered(reply) },
    ...{ statusUrl: `${url}/voice/status`, fallbackUrl: `${url}/voice/fallback` },
  });
}

/** Hangs up, if that is still to be done, and waits until all of it is over. */
async function hangsUp(phone: Phone): Promise<void> {
  await phone.waitUntilSilence();
  if (!phone.isOver) await phone.hangUp('at once');
  await phone.waitUntilSilence();
}

async function presses(phone: Phone, ...keys: string[]): Promise<void> {
  for (const each of keys) await phone.press(each);
}

/** Two call at the same time, turn by turn, by card and by NIK, and hear all that there is to know of themselves. */
export async function twoAtOnce(hotline: Watched): Promise<void> {
  const phones = await Promise.all([zulaikha, bhaskara].map((caller) => calls(hotline, caller)));
  const ways = [
    ['2', `${zulaikha.card}#`, '1', zulaikha.nik.slice(-4), '1', '9', '8', '*', '2', '*'],
    ['1', bhaskara.nik, '1', bhaskara.card.slice(-4), '1', '1', '8', '9', '*', '*'],
  ];
  for (const turn of ways[0]!.keys()) await Promise.all(phones.map((phone, who) => phone.press(ways[who]![turn]!)));
  await Promise.all(phones.map(hangsUp));
}

/** Who types key by key: begins again in the middle, types too little and too much, proves wrongly, types where a menu is. */
export async function keyByKey(hotline: Watched): Promise<void> {
  const { card, nik } = zulaikha;
  const typing = await calls(hotline, zulaikha);
  await presses(typing, '1', `${card.slice(0, 7)}*${card.slice(0, 8)}`, `${card.slice(8)}#`, '2');
  await presses(typing, `${nik.slice(0, 15)}#`, `${card}#`, '1', '1234', nik.slice(-4), '2');
  await hangsUp(typing);
  const impatient = await calls(hotline, zulaikha);
  await impatient.interrupt(nik, { after: 500 });
  await hangsUp(impatient);
  const giving = await calls(hotline, zulaikha);
  await presses(giving, '1', `${nik}#`);
  await giving.hangUp('at once');
  await hangsUp(giving);
}

/** Callers meet a membership service that is not well, are sent to an officer, and some are served later. */
export async function withoutMembers(hotline: Watched): Promise<void> {
  const ill: Health[] = ['down', 'slow', 'page', 'half', 'other', 'unread', 'blunt'];
  for (const [index, health] of ill.entries()) {
    const phone = await calls(hotline, zulaikha);
    await presses(phone, '2', index % 2 === 0 ? `${zulaikha.card}#` : zulaikha.nik);
    hotline.state.health = health;
    await phone.press('1');
    await phone.officer(index === 0 ? 'answers' : 'does not answer');
    hotline.state.health = 'well';
    await hangsUp(phone);
  }
}

/** A text as SQL writes it by the codes of its letters: a trigger stands in the file that is searched. */
const inCodes = (text: string) => `char(${[...text].map((letter) => letter.charCodeAt(0)).join(', ')})`;

/** Turns that fail, with an apology and an officer; one caller gives up, one is served, one goes on. */
export async function withoutDatabase(hotline: Watched): Promise<void> {
  const spoil = (sql: string) => {
    const other = new DatabaseSync(hotline.file, { timeout: 5_000 });
    other.exec(sql);
    other.close();
  };
  const { card, nik } = zulaikha;
  const phones = await Promise.all([1, 2, 3].map(() => calls(hotline, zulaikha)));
  for (const phone of phones) await presses(phone, '1');
  spoil(`CREATE TRIGGER full BEFORE UPDATE ON calls BEGIN SELECT RAISE(ABORT, ${inCodes(`no room for ${nik}`)}); END`);
  for (const phone of phones) await phone.press(`${card}#`);
  await phones[0]!.officer('answers');
  spoil('DROP TRIGGER full');
  await phones[1]!.officer('does not answer');
  await presses(phones[1]!, `${card}#`, '1');
  for (const phone of phones) await hangsUp(phone);
}
