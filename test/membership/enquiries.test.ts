import { describe, expect, test, vi } from 'vitest';
import { createEnquiries, type Enquiries } from '../../src/membership/enquiries.ts';
import type { Counted, FailedLookups } from '../../src/membership/failedLookups.ts';
import { type Member, type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';
import { billFor } from '../../src/membership/rules.ts';

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

/** Failures in memory. */
function memoryFailures(): FailedLookups {
  let failed: { subject: string; occasion: string; at: number }[] = [];
  const mayFail = ({ subject, limits }: Counted, occasion: string) =>
    limits.every(
      ({ since, most }) =>
        failed.filter((f) => f.subject === subject && f.occasion !== occasion && f.at >= since.getTime()).length < most,
    );
  return {
    async reserve(counted, occasion, at) {
      if (!counted.every((one) => mayFail(one, occasion))) return false;
      failed = failed.filter((f) => f.occasion !== occasion);
      failed.push(...counted.map(({ subject }) => ({ subject, occasion, at: at.getTime() })));
      return true;
    },
    async release(occasion) {
      failed = failed.filter((f) => f.occasion !== occasion);
    },
    forgetBefore: async () => 0,
  };
}

/** A desk at which enquiries are made, one occasion after the other, and a clock that the test moves. */
function aDesk({ members = onlyThis(member), failuresADay = 10, failures = memoryFailures() } = {}) {
  let now = Date.UTC(2026, 10, 21);
  let turn = 0;
  const troubles: unknown[] = [];
  const unreleased: unknown[] = [];
  const of = createEnquiries({
    members,
    limits: { failuresIn15Minutes: 3, failuresADay },
    deadlineMs: 4_000,
    now: () => new Date(now),
    onTrouble: (error, callId) => troubles.push([callId, error]),
    onUnreleased: (error, callId) => unreleased.push([callId, error]),
    failures,
  });
  const enquiries = (caller: string, callId = 'CA1') => of({ caller, callId, turn: turn++ });
  return { of, enquiries, troubles, unreleased, pass: (minutes: number) => (now += minutes * 60_000) };
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
  const fail = (ask: Enquiries) => ask.findMember({ number: stranger });

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

  test('for who withholds the number, call by call, and soon for all of them together', async () => {
    const { enquiries } = aDesk();
    const guess = (call: number, nth: number) =>
      enquiries('', `CA${call}`).findMember({
        number: { ...stranger, digits: `00099997${call}${nth}`.padEnd(13, '5') },
      });
    for (let nth = 0; nth < 3; nth++) expect((await guess(10, nth)).tooManyTries).toBe(false);
    expect((await guess(10, 3)).tooManyTries).toBe(true);
    expect((await enquiries('', 'CA11').findMember({ number: card })).identified).not.toBeNull();
    for (let call = 11; call < 30; call++) for (let nth = 0; nth < 3; nth++) await guess(call, nth);
    expect((await guess(31, 0)).tooManyTries).toBe(true);
    expect((await enquiries('+62811').findMember({ number: card })).identified).not.toBeNull();
  });

  test('for many who guess at once, as for one after the other', async () => {
    const { enquiries } = aDesk();
    const guesses = Array.from({ length: 60 }, (_, nth) =>
      enquiries('+62811', `CA${nth}`).proveMember({ number: card, lastFour: String(5_000 + nth) }),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ tooManyTries }) => !tooManyTries)).toHaveLength(3);
  });

  test('not for a turn that is asked twice, which fails once', async () => {
    const { of, enquiries } = aDesk();
    const asker = { caller: '+62811', callId: 'CA1', turn: 99 };
    for (let time = 0; time < 5; time++)
      expect((await of(asker).findMember({ number: stranger })).tooManyTries).toBe(false);
    expect((await enquiries('+62811').findMember({ number: card })).identified).not.toBeNull();
  });

  test('for nobody who is found', async () => {
    const { enquiries } = aDesk();
    for (let time = 0; time < 30; time++)
      expect((await enquiries('+62811').findMember({ number: card })).identified).not.toBeNull();
  });
});

test('a lookup that stays counted as failed is told as such, and harms neither the caller nor the membership service', async () => {
  const hung = new Error('PostgreSQL has not answered');
  const failures = { ...memoryFailures(), release: () => Promise.reject(hung) };
  const { enquiries, troubles, unreleased } = aDesk({ failures });
  expect((await enquiries('+62811').findMember({ number: card })).identified).not.toBeNull();
  expect([troubles, unreleased]).toEqual([[], [['CA1', hung]]]);
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
      const bill = enquiries('+62811').findBill({ member });
      const unavailable = expect(bill).rejects.toThrow('has not answered in 4 s (MEMBERSHIP_DEADLINE_MS)');
      await vi.advanceTimersByTimeAsync(4_000);
      await unavailable;
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ['no member at all', {}],
    ['a number where a code should be', { ...member, statusCode: 0 }],
    ['somebody else', { ...member, cardNumber: '0009999000018', nik: '3299991708850004' }],
    ['nothing', undefined],
    ['a page', '<html>'],
  ])('that answers with %s cannot tell', async (_, answer) => {
    const members = { findMember: async () => answer as Member, findBill: async () => answer as never };
    const { enquiries, troubles } = aDesk({ members });
    await expect(enquiries('+62811').findMember({ number: card })).rejects.toThrow(MembershipUnavailable);
    await expect(enquiries('+62811').findBill({ member })).rejects.toThrow(MembershipUnavailable);
    expect(troubles).toMatchObject([
      ['CA1', {}],
      ['CA1', {}],
    ]);
    expect(String(troubles)).not.toMatch(/\d{4}/);
  });

  test('that has a bill for a member who pays none cannot tell', async () => {
    const bill = billFor({ ...member, paidThrough: '2026-11', today: '2026-11-21' });
    const { enquiries } = aDesk({ members: { findMember: async () => member, findBill: async () => bill } });
    expect(await enquiries('+62811').findBill({ member: { ...member, paidThrough: '2026-11' } })).toEqual(bill);
    const nobodys = enquiries('+62811').findBill({ member: { ...member, paidThrough: null } });
    await expect(nobodys).rejects.toThrow('a bill for a member who pays none');
  });

  test('that throws at once is unavailable too', async () => {
    const broken = () => {
      throw new TypeError('undefined is not a function');
    };
    const { enquiries, troubles } = aDesk({ members: { findMember: broken, findBill: broken } });
    await expect(enquiries('+62811').findMember({ number: card })).rejects.toThrow(MembershipUnavailable);
    expect(troubles).toHaveLength(1);
  });
});
