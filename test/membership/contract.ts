import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inventedMembers } from '../../src/membership/inventedMembers.ts';
import type { MembershipService } from '../../src/membership/membership.ts';

/** A membership service that knows the invented members as of a day, and how to put it away again. */
export type ServiceOnTrial = { service: MembershipService; close(): void | Promise<void> };

const today = '2026-11-21';
const members = inventedMembers(today);
const withNik = members.filter((member) => member.nik !== null);
const nobody = ['0009999999999', '', '9999000017', '0009999000017 ', "' OR 1=1 --"];

/** Takes from the members in a database what the release before this one did not write beside them. */
export const asLaidBefore =
  'UPDATE members SET segment = NULL, care_class = NULL, paid_through = NULL, family_codes = NULL';

/** What every membership service must do, whoever keeps the members. */
export function membershipContract(name: string, make: (today: string) => ServiceOnTrial | Promise<ServiceOnTrial>) {
  describe(`${name}: a membership service`, () => {
    let onTrial: ServiceOnTrial;
    beforeAll(async () => {
      onTrial = await make(today);
    });
    afterAll(() => onTrial.close());
    const byCard = (digits: string) => onTrial.service.findMember({ kind: 'card', digits });
    const byNik = (digits: string) => onTrial.service.findMember({ kind: 'nik', digits });

    it.each(members)('finds by card number: $description', async (member) => {
      const { cardNumber, nik, statusCode, segment, careClass, paidThrough } = member;
      const paysItself = paidThrough !== null;
      expect(await byCard(cardNumber)).toMatchObject({
        ...{ cardNumber, nik, statusCode, segment, careClass, paidThrough, paysItself },
      });
    });
    it.each(withNik)('finds the same member by NIK: $description', async ({ nik, cardNumber }) => {
      expect(await byNik(nik!)).toEqual(await byCard(cardNumber));
    });
    it('knows nobody by a number that nobody has', async () => {
      for (const digits of nobody) expect([await byCard(digits), await byNik(digits)]).toEqual([null, null]);
    });
    it('does not take a card number for a NIK, nor a NIK for a card number', async () => {
      expect(await byNik('0009999000017')).toBeNull();
      expect(await byCard('3299991708850000')).toBeNull();
    });
    it('tells every member of a family of five that they are five', async () => {
      for (const cardNumber of ['0009999000017', '0009999000417'])
        expect(await byCard(cardNumber)).toMatchObject({ familySize: 5, wholeFamilyActive: true });
    });
    it('does not call a family wholly active when a grown child is covered no more', async () => {
      expect(await byCard('0009999000030')).toMatchObject({ statusCode: '0', wholeFamilyActive: false });
    });
    it('leaves the deceased off the bill, and calls the widow wholly covered', async () => {
      expect(await byCard('0009999000036')).toMatchObject({ familySize: 1, wholeFamilyActive: true });
      expect(await onTrial.service.findBill('0009999000035')).toMatchObject({ familySize: 1 });
    });
    it('bills only who pays for themselves', async () => {
      for (const { cardNumber, paidThrough } of members)
        expect((await onTrial.service.findBill(cardNumber)) === null).toBe(paidThrough === null);
    });
    it('has no bill for a number that nobody has', async () => {
      for (const digits of nobody) expect(await onTrial.service.findBill(digits)).toBeNull();
    });
    it('never contradicts itself: of a family that pays itself, code 9 is a suspended bill, and code 0 is none', async () => {
      for (const { cardNumber, paidThrough, statusCode } of members.filter(
        (each) => each.paidThrough && ['0', '9'].includes(each.statusCode),
      ))
        expect((await onTrial.service.findBill(cardNumber))?.suspended, `${paidThrough}`).toBe(statusCode === '9');
    });
    it('adds up the bill of a family of five that owes three months of class 2', async () => {
      expect(await onTrial.service.findBill('0009999000020')).toEqual({
        familySize: 5,
        monthsInArrears: 3,
        monthsBilled: 3,
        arrears: 1_500_000,
        currentMonth: 500_000,
        total: 2_000_000,
        virtualAccount: { common: '8888809999000020', mandiri: '8988809999000020' },
        suspensionFrom: '2026-09-01',
        suspended: true,
        instalments: null,
      });
    });
  });
}
