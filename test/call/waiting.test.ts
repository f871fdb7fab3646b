import { describe, expect, onTestFinished, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { newSession } from '../../src/call/session.ts';
import { createSwitchboard, type Patience } from '../../src/call/switchboard.ts';
import type { CallerInput, SpokenTurn } from '../../src/call/turn.ts';
import { createEnquiries } from '../../src/membership/enquiries.ts';
import { type Member, type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';
import { memory } from '../../src/walker/memory.ts';

const card = '0009999000017';
const member: Member = {
  cardNumber: card,
  nik: '3299991708850003',
  segment: 'ppu',
  statusCode: '0',
  careClass: 1,
  paysItself: false,
  familySize: 1,
  wholeFamilyActive: true,
  paidThrough: null,
};

/** Members who are told of when the test says so; each question waits for its own word. */
function slowMembers() {
  const waiting: PromiseWithResolvers<Member | null>[] = [];
  const ask = () => {
    const word = Promise.withResolvers<Member | null>();
    waiting.push(word);
    return word.promise;
  };
  const members: MembershipService = { findMember: ask, findBill: async () => (await ask()) && null };
  /** Lets a question be asked, and gives the word for it. */
  const tell = async (word: (one: PromiseWithResolvers<Member | null>) => void) => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    word(waiting.shift()!);
  };
  return { members, waiting, tell };
}

/** Patience that ends when the test says so, for everybody who waits. */
function handPatience() {
  const open = new Set<() => void>();
  const patience: Patience = (isUp) => {
    open.add(isUp);
    return () => open.delete(isUp);
  };
  const end = async () => {
    await expect.poll(() => open.size).toBeGreaterThan(0);
    for (const isUp of open) isUp();
  };
  return { patience, end, open };
}

/** Copies of one hotline on one database, and a caller who has typed a card number and is asked whether it is right. */
async function aCallUnderway(callId: string) {
  const { members, waiting, tell } = slowMembers();
  const { patience, end, open } = handPatience();
  const store = memory();
  const failures = store.failuresOf(callId);
  const trouble = { told: () => {} };
  const copy = () =>
    createSwitchboard({
      flows: callflows,
      firstFlow,
      newSession,
      enquiries: createEnquiries({
        members,
        failures,
        limits: { failuresIn15Minutes: 3, failuresADay: 10 },
        deadlineMs: 4_000,
        now: () => new Date(),
        onTrouble: () => trouble.told(),
        onUnreleased: () => {},
      }),
      store: store.calls,
      patience,
      onTurn: () => {},
      now: () => new Date(),
      clock: () => 0,
    });
  const [one, other] = [copy(), copy()];
  const keys = (typed: string): CallerInput => ({ keys: typed, finishedByHash: false });
  const turn = (nth: number, typed = '', board = one) =>
    board.answer({ callId, caller: `+62 ${callId}`, turn: nth, input: nth === 0 ? null : keys(typed) });
  await turn(0);
  await turn(1, '1');
  await turn(2, card);
  /** Takes a turn for whose answer nobody has the patience. */
  const impatiently = async (...asked: Parameters<typeof turn>) => {
    const answer = turn(...asked);
    await end();
    return answer;
  };
  const said = () => store.last(callId)!.state.steps!.map((step) => [step.did, ...step.said]);
  const failed = () => store.last(callId)!.failures.map(({ subject, occasion }) => `${subject} in ${occasion}`);
  /** The members are out of reach, and by a fault of ours not even that is heard of. */
  const failing = async () => {
    const { told } = trouble;
    trouble.told = () => {
      throw new Error('disk full');
    };
    await tell((word) => word.reject(new Error('out of reach')));
    await new Promise((resolve) => setImmediate(resolve));
    trouble.told = told;
  };
  return { turn, impatiently, tell, waiting, open, other, store, one, said, failed, failing };
}

const notFound = (word: PromiseWithResolvers<Member | null>) => word.resolve(null);
const found = (word: PromiseWithResolvers<Member | null>) => word.resolve(member);
const text = ({ say }: SpokenTurn) => say.map((sentence) => sentence.text.split('.')[0]);
const wait = 'Mohon tunggu sebentar, data peserta sedang kami periksa';
const stillAtIt = 'Terima kasih sudah menunggu';
const active = 'Kartu BPJS Kesehatan ini aktif';

describe('a caller for whom the members are slow', () => {
  test('is asked to wait, and hears the answer by itself', async () => {
    const { impatiently, turn, tell, said } = await aCallUnderway('CA1');
    const asked = await impatiently(3, '1');
    expect([text(asked), asked.then, asked.nextTurn]).toEqual([[wait], { wait: true }, 4]);
    await tell(found);
    const answer = await turn(4);
    expect(text(answer)[0]).toBe(active);
    expect([answer.then, answer.nextTurn]).toEqual([{ listen: expect.anything() }, 5]);
    expect(said().slice(-2)).toEqual([
      ['key.1', 'pleaseWait'],
      ['waited', 'statusActive', 'askLastFourOfNik'],
    ]);
  });

  test('is asked once, however often the line asks, and hears the same each time', async () => {
    const { impatiently, turn, tell, waiting } = await aCallUnderway('CA2');
    const asked = await impatiently(3, '1');
    expect([await turn(3, '1'), await turn(3, '2')]).toEqual([asked, asked]);
    expect(waiting).toHaveLength(1);
    const [early, twice] = [turn(4), turn(4)];
    await tell(found);
    expect(await early).toEqual(await twice);
    expect(await turn(4)).toEqual(await early);
    expect(await turn(3, '1'), 'whoever comes late hears the latest').toEqual(await early);
  });

  test('and whose line asks twice at once is asked to wait by both', async () => {
    const { turn, open, tell } = await aCallUnderway('CA3');
    const both = [turn(3, '1'), turn(3, '1')];
    await expect.poll(() => open.size).toBe(2);
    for (const isUp of open) isUp();
    const [one, other] = await Promise.all(both);
    expect([one, text(one!)]).toEqual([other, [wait]]);
    await tell(found);
    expect(text(await turn(4))[0]).toBe(active);
  });

  test('is asked a second time in other words, and then waited for in silence', async () => {
    const { impatiently, turn, tell, open, said } = await aCallUnderway('CA4');
    await impatiently(3, '1');
    const second = await impatiently(4);
    expect([text(second)[0], second.then, second.nextTurn]).toEqual([stillAtIt, { wait: true }, 5]);
    const third = turn(5);
    await tell(found);
    expect(text(await third)[0]).toBe(active);
    expect(open.size).toBe(0);
    expect(said().map(([did]) => did)).toEqual(['begins', 'key.1', 'number', 'key.1', 'waited', 'waited']);
  });

  test('is told of the trouble when nobody can tell in the end', async () => {
    const { impatiently, turn, tell, failed } = await aCallUnderway('CA5');
    await impatiently(3, '1');
    await tell(({ reject }) => reject(new MembershipUnavailable('not in time')));
    expect(text(await turn(4))[0]).toBe('Maaf, data peserta belum bisa dibuka');
    expect(failed()).toEqual([]);
  });

  test('hears it in the language that was chosen', async () => {
    const { turn, impatiently } = await aCallUnderway('CA6');
    await turn(3, '8');
    const asked = await impatiently(4, '1');
    expect(asked.say).toEqual([{ text: 'One moment, please, while we check the membership records.', language: 'en' }]);
  });

  test('and is patient enough hears nothing of it', async () => {
    const { turn, tell, open } = await aCallUnderway('CA7');
    const answer = turn(3, '1');
    await tell(found);
    expect(text(await answer)[0]).toBe(active);
    expect(open.size).toBe(0);
  });
});

describe('a caller who waits', () => {
  test('may come back to another copy, which asks again and counts a failure once', async () => {
    const { impatiently, turn, tell, other, waiting, failed } = await aCallUnderway('CA8');
    await impatiently(3, '1');
    const elsewhere = turn(4, '', other);
    await expect.poll(() => waiting.length).toBe(2);
    await tell(notFound);
    await tell(notFound);
    expect(text(await elsewhere)[0]).toBe('Maaf, angka yang diketik tidak cocok dengan data kami');
    expect(failed()).toEqual(['caller:+62 CA8 in CA8:3', `number:${card} in CA8:3`]);
  });

  test('between two copies again and again is asked to wait twice', async () => {
    const { impatiently, turn, tell, other, one } = await aCallUnderway('CA9');
    await impatiently(3, '1', one);
    expect(text(await impatiently(4, '', other))[0]).toBe(stillAtIt);
    const last = turn(5, '', one);
    await tell(found);
    expect(text(await last)[0]).toBe(active);
  });

  test('and hangs up leaves nothing behind', async () => {
    const { impatiently, tell, one, failed, store } = await aCallUnderway('CA10');
    await impatiently(3, '1');
    expect(failed()).toHaveLength(2);
    await one.hangUp('CA10');
    await tell(found);
    await expect.poll(failed).toEqual([]);
    expect(await store.calls.load('CA10')).toBe('over');
  });

  test('and hangs up before work fails by a fault of ours harms nobody', async () => {
    const { impatiently, one, failing } = await aCallUnderway('CA11');
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    await impatiently(3, '1');
    await one.hangUp('CA11');
    await failing();
    expect(unhandled).toEqual([]);
  });

  test('and whose work fails by a fault of ours comes back to have it done once more', async () => {
    const { impatiently, turn, tell, failing } = await aCallUnderway('CA12');
    await impatiently(3, '1');
    await failing();
    const again = turn(4);
    await tell(found);
    expect(text(await again)[0]).toBe(active);
  });

  test('is asked anew, as if silent, by an older release that knows of no waiting', async () => {
    const { impatiently, turn, store } = await aCallUnderway('CA13');
    await impatiently(3, '1');
    const { state, ...last } = store.last('CA13')!;
    const { working: _, ...asOlderReleasesRead } = state;
    store.plant('CA13', { ...last, state: asOlderReleasesRead });
    expect(text(await turn(4))[0]).toBe('Maaf, belum ada tombol yang ditekan');
  });
});
