import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMemberNumber } from '../../src/membership/memberNumber.ts';
import { provinces } from '../../src/membership/provinces.ts';

const nik = ({ region = '320101', birth = '170885', serial = '0001' }) => region + birth + serial;
const two = (number: number) => String(number).padStart(2, '0');

describe('a caller who types a number', () => {
  it('is understood by its length: 13 digits are a card, 16 a NIK', () => {
    const [card, ktp] = ['0009999000017', nik({})];
    expect(checkMemberNumber(card)).toEqual({ ok: { kind: 'card', digits: card }, doubt: null });
    expect(checkMemberNumber(ktp)).toEqual({ ok: { kind: 'nik', digits: ktp }, doubt: null });
  });

  it.each([
    ['', { wrong: 'tooShort', missing: 13 }],
    ['1', { wrong: 'tooShort', missing: 12 }],
    ['000999900001', { wrong: 'tooShort', missing: 1 }],
    ['00099990000170', { wrong: 'between' }],
    ['000999900001700', { wrong: 'between' }],
    ['32010117088500010', { wrong: 'tooLong' }],
    ['1'.repeat(20), { wrong: 'tooLong' }],
    ['0000000000000', { wrong: 'allEqual', kind: 'card' }],
    ['0000000000000000', { wrong: 'allEqual', kind: 'nik' }],
    ['1111111111111111', { wrong: 'allEqual', kind: 'nik' }],
  ])('and typed "%s" learns what is wrong with it', (digits, fault) => {
    expect(checkMemberNumber(digits)).toEqual(fault);
  });

  it('gets a verdict on any digits at all, and only 13 or 16 of them pass', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,40}$/), (digits) => {
        if ('ok' in checkMemberNumber(digits)) expect([13, 16]).toContain(digits.length);
      }),
    );
  });

  it('never sends letters or spaces: those are refused before', () => {
    for (const text of ['0009999 00017', '000999900001a', '٠٠٠٩٩٩٩٠٠٠٠١٧', '0009999000017\n'])
      expect(() => checkMemberNumber(text)).toThrow(RangeError);
  });

  it('may have any card number but one digit over and over', () => {
    const cards = fc.stringMatching(/^\d{13}$/).filter((digits) => new Set(digits).size > 1);
    fc.assert(
      fc.property(cards, (card) => {
        expect(checkMemberNumber(card)).toHaveProperty('ok');
      }),
    );
  });
});

describe('the birth date in a NIK', () => {
  const births = fc.date({
    min: new Date('1900-01-01T00:00Z'),
    max: new Date('2099-12-31T00:00Z'),
    noInvalidDate: true,
  });

  it('is accepted for every day of two centuries, for men and for women', () => {
    fc.assert(
      fc.property(births, fc.constantFrom(0, 40), (date, woman) => {
        const [day, month, year] = [date.getUTCDate() + woman, date.getUTCMonth() + 1, date.getUTCFullYear() % 100];
        expect(checkMemberNumber(nik({ birth: two(day) + two(month) + two(year) }))).toHaveProperty('ok');
      }),
    );
  });

  it.each([
    '000185',
    '320185',
    '400185',
    '720185',
    '990185',
    '010085',
    '011385',
    '310485',
    '710485',
    '300200',
    '290201',
  ])('%s is nobody’s', (birth) => {
    expect(checkMemberNumber(nik({ birth }))).toEqual({ wrong: 'birthDate' });
  });

  it('may be 29 February only in a year that had one', () => {
    const years = Array.from({ length: 100 }, (_, year) => year);
    const leap = years.filter((year) => 'ok' in checkMemberNumber(nik({ birth: `2902${two(year)}` })));
    expect(leap).toEqual(years.filter((year) => year % 4 === 0));
  });
});

describe('a doubtful NIK is looked up all the same', () => {
  it('when no province has its code', () => {
    const digits = nik({ region: '200101' });
    expect(checkMemberNumber(digits)).toEqual({ ok: { kind: 'nik', digits }, doubt: 'province' });
  });

  it('when its serial is 0000', () => {
    expect(checkMemberNumber(nik({ serial: '0000' }))).toMatchObject({ doubt: 'serial' });
  });

  it('but none of the 38 provinces is doubtful, nor the former one', () => {
    expect(new Set(provinces.map(({ code }) => code)).size).toBe(38);
    for (const code of [...provinces.map((each) => each.code), '54'])
      expect(checkMemberNumber(nik({ region: `${code}0101` }))).toMatchObject({ doubt: null });
  });

  it('and regency and district are never doubted', () => {
    expect(checkMemberNumber(nik({ region: '320000' }))).toMatchObject({ doubt: null });
  });
});
