import { describe, expect, test, vi } from 'vitest';
import { createEnquiries } from '../../src/membership/enquiries.ts';
import { type Member, type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';

const member: Member = {
  cardNumber: '0009999000017',
  nik: '3299991708850003',
  segment: 'mandiri',
  statusCode: '0',
  careClass: 1,
  paysItself: true,
  familySize: 5,
  wholeFamilyActive: true,
  paidThrough: '2026-11',
};
const card = { kind: 'card', digits: member.cardNumber } as const;
const nik = { kind: 'nik', digits: member.nik! } as const;
const stranger = { kind: 'card', digits: '0009999777777' } as const;

function onlyThis(known: Member): MembershipService {
  return {
    findMember: async ({ digits }) => (digits === known.cardNumber || digits === known.nik ? known : null),
    findBill: async () => null,
  };
}

/** A counter of failures in memory, and a clock that the test moves. */
function aDesk({ members = onlyThis(member), failuresADay = 10 } = {}) {
  const failed: { subject: string; at: number }[] = [];
  let now = Date.UTC(2026, 10, 21);
  const troubles: unknown[] = [];
  const enquiries = createEnquiries({
    members,
    limits: { failuresIn15Minutes: 3, failuresADay },
    deadlineMs: 4_000,
    now: () => new Date(now),
    onTrouble: (error) => troubles.push(error),
    failures: {
      add: async (subjects, at) => void failed.push(...subjects.map((subject) => ({ subject, at: at.getTime() }))),
      count: async (subject, since) => failed.filter((f) => f.subject === subject && f.at >= since.getTime()).length,
      forgetBefore: async () => 0,
    },
  });
  return { enquiries, troubles, pass: (minutes: number) => (now += minutes * 60_000) };
}

describe('who types a number', () => {
  test.each([
    ['0', 'active'],
    ['9', 'inactive'],
    ['6', 'inactive'],
    ['7', 'inactive'],
    ['15', 'inactive'],
    ['2', 'officerOnly'],
    ['99', 'unclear'],
  ])('with status code %s learns no more than "%s"', async (statusCode, standing) => {
    const { enquiries } = aDesk({ members: onlyThis({ ...member, statusCode }) });
    const answer = await enquiries('+62811').findMember({ number: card });
    expect(answer).toEqual({ identified: { number: card, standing, canProve: true }, tooManyTries: false });
  });

  test('that has no other number on record cannot prove anything', async () => {
    const { enquiries } = aDesk({ members: onlyThis({ ...member, nik: null }) });
    expect((await enquiries('').findMember({ number: card })).identified?.canProve).toBe(false);
  });
});

describe('the proof', () => {
  test.each([
    [card, '0003', true],
    [nik, '0017', true],
    [card, '0017', false],
    [nik, '0003', false],
    [card, '3', false],
    [card, '', false],
    [card, '50003', false],
  ])('for %j is the last four digits of the other number: %s is %s', async (number, lastFour, right) => {
    const { enquiries } = aDesk();
    expect((await enquiries('+62811').proveMember({ number, lastFour })).member).toEqual(right ? member : null);
  });
});

describe('the search stops', () => {
  const fail = (ask: ReturnType<ReturnType<typeof aDesk>['enquiries']>) => ask.findMember({ number: stranger });

  test('for a caller after three failures, and goes on a quarter of an hour later', async () => {
    const { enquiries, pass } = aDesk();
    for (let time = 0; time < 3; time++) expect((await fail(enquiries('+62811'))).tooManyTries).toBe(false);
    expect(await enquiries('+62811').findMember({ number: card })).toEqual({ ...nothing, tooManyTries: true });
    expect((await enquiries('+62812').findMember({ number: card })).identified).not.toBeNull();
    pass(16);
    expect((await enquiries('+62811').findMember({ number: card })).identified).not.toBeNull();
  });

  test('for a number, whoever asks, and even with the right proof', async () => {
    const { enquiries } = aDesk();
    for (const caller of ['+1', '+2', '+3']) await enquiries(caller).proveMember({ number: card, lastFour: '9999' });
    expect((await enquiries('+4').proveMember({ number: card, lastFour: '0003' })).tooManyTries).toBe(true);
  });

  test('for the rest of the day after ten failures, however slowly', async () => {
    const { enquiries, pass } = aDesk();
    for (let time = 0; time < 10; time++) {
      expect((await fail(enquiries('+62811'))).tooManyTries).toBe(false);
      pass(20);
    }
    expect((await fail(enquiries('+62811'))).tooManyTries).toBe(true);
    pass(24 * 60);
    expect((await fail(enquiries('+62811'))).tooManyTries).toBe(false);
  });

  test('never because others withhold their number too', async () => {
    const { enquiries } = aDesk();
    for (let time = 0; time < 5; time++)
      await enquiries('').findMember({ number: { ...stranger, digits: `00099997777${time}0` } });
    expect((await enquiries('').findMember({ number: card })).identified).not.toBeNull();
  });

  test('for nobody who is found', async () => {
    const { enquiries } = aDesk();
    for (let time = 0; time < 30; time++)
      expect((await enquiries('+62811').findMember({ number: card })).identified).not.toBeNull();
  });
});

const nothing = { identified: null, member: null, tooManyTries: false };

describe('a membership service', () => {
  const failing = (how: () => Promise<never>): MembershipService => ({ findMember: how, findBill: how });

  test('that fails is neither a "no" nor a failure of the caller', async () => {
    const { enquiries, troubles } = aDesk({
      members: failing(() => Promise.reject(new MembershipUnavailable('down'))),
    });
    for (let time = 0; time < 5; time++)
      await expect(enquiries('+62811').findMember({ number: card })).rejects.toThrow(MembershipUnavailable);
    expect(troubles).toHaveLength(5);
  });

  test('that never answers is unavailable after four seconds', async () => {
    vi.useFakeTimers();
    try {
      const { enquiries } = aDesk({ members: failing(() => new Promise(() => {})) });
      const bill = enquiries('+62811').findBill({ cardNumber: member.cardNumber });
      const unavailable = expect(bill).rejects.toThrow('has not answered in 4000 ms');
      await vi.advanceTimersByTimeAsync(4_000);
      await unavailable;
    } finally {
      vi.useRealTimers();
    }
  });
});
