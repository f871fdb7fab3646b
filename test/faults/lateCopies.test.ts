import { expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { type Answer, asked, between, isTurn, type Sent } from './between.ts';
import { authToken, copyHere, digitsIn, mortalCopy, places, recordsIn, settingsFor } from './copies.ts';
import { otherwise, someCalls } from './recordedCalls.ts';

/** A copy that hangs this long is given up by the carrier. */
const PATIENCE_MS = 400;

test('a carrier that gives up a copy which hangs, and asks another, hears the same from both in the end', async () => {
  const line = await between();
  const settings = settingsFor(line.url, await places.PostgreSQL());
  const [hanging, other] = [await mortalCopy(settings), await copyHere(settings)];
  const hangs = await hanging.url();
  const late: { sent: Sent; answer: Promise<Answer>; heard: string }[] = [];
  line.deliverBy(async (sent) => {
    await hanging.signal('SIGSTOP');
    const answer = asked(hangs, sent);
    const inTime = await Promise.race([answer, new Promise<null>((give) => setTimeout(give, PATIENCE_MS, null))]);
    expect(inTime).toBeNull();
    const instead = await asked(other.url, sent);
    await hanging.signal('SIGCONT');
    if (isTurn(sent)) late.push({ sent, answer, heard: instead.body });
    await answer; // before the caller goes on: it is the same turn, a little later
    return instead;
  });
  const phone = await dial(`${line.url}/voice`, { authToken });
  for (const keys of ['2', '0009999000020#', '1', '0000', '1']) await phone.press(keys);
  await phone.hear(/Virtual account untuk BRI/);
  await phone.hangUp();
  expect(late).toHaveLength(6);
  for (const { answer, heard } of late) expect((await answer).body).toBe(heard);
  expect(digitsIn([...hanging.lines, ...other.lines])).toEqual([]);
});

test.each(['SQLite', 'PostgreSQL'] as const)(
  'a turn that comes when the call on %s has gone on already is answered as the call stands, and changes nothing',
  async (kind) => {
    const line = await between();
    const settings = settingsFor(line.url, await places[kind]());
    const copies = [await copyHere(settings), await copyHere(settings)];
    const latest = new Map<string, { sent: Sent; answer: Answer }[]>();
    const unlike: Sent[] = [];
    let compared = 0;
    line.deliverBy(async (sent) => {
      const answer = await asked(copies[0]!.url, sent);
      const call = new URLSearchParams(sent.body).get('CallSid')!;
      const before = latest.get(call)?.at(-1);
      if (!isTurn(sent)) return answer;
      latest.set(call, [{ sent, answer }]);
      if (!before) return answer;
      compared += 1;
      const late = await asked(copies[1]!.url, before.sent);
      if (late.body !== answer.body) unlike.push(before.sent);
      return answer;
    });
    expect(await otherwise(someCalls, line.url)).toEqual([]);
    expect(unlike).toEqual([]);
    expect(compared).toBeGreaterThan(someCalls.length * 4);
  },
);

test.each(['SQLite', 'PostgreSQL'] as const)(
  'a caller on %s who hangs up while a number is looked up, and whose last turn comes after the end: nothing is said, one record is kept',
  async (kind) => {
    const line = await between();
    const place = await places[kind]();
    const { url, lines, close } = await copyHere(settingsFor(line.url, place));
    const sent: Sent[] = [];
    line.deliverBy(async (each) => {
      sent.push(each);
      const isLast = isTurn(each) && new URLSearchParams(each.body).get('Digits') === '1';
      return isLast ? { status: 200, body: '<Response><Say>tut</Say></Response>' } : asked(url, each);
    });
    const phone = await dial(`${line.url}/voice`, { authToken, statusUrl: `${line.url}/voice/status` });
    await phone.press('2');
    await phone.press('0009999000020#');
    await phone.press('1');
    await phone.hangUp('at once');
    await phone.telephone.ended;
    const end = sent.find(({ path }) => path.startsWith('/voice/status'))!;
    const [lastTurn] = sent.filter(isTurn).slice(-1);
    const told = [await asked(url, lastTurn!), await asked(url, end), await asked(url, lastTurn!)];
    for (const { body } of [told[0]!, told[2]!]) expect(body).toMatch(/<Response><Hangup\/><\/Response>$/);
    expect(told[1]!.status).toBe(204);
    await close();
    const calls = await recordsIn(place);
    expect(calls).toMatchObject([{ record: { outcome: 'abandoned', steps: { length: 3 } } }]);
    expect(digitsIn(lines)).toEqual([]);
  },
);
