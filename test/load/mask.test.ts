import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsInWords } from '../../src/call/words.ts';
import { masked } from '../../src/load/mask.ts';

test('whatever number was typed or read out, nobody can read it in a masked transcript', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{4,16}$/), fc.constantFrom('id' as const, 'en' as const), (digits, language) => {
      const spoken = digitsInWords(digits, [4, 4, 5], language);
      expect(masked(`> presses ${digits}#`)).not.toContain(digits.slice(0, 3));
      expect(masked(`< Nomor kartu: ${spoken}.`)).toBe('< Nomor kartu: ••••.');
    }),
  );
});

test.each([
  '  ! 11205 POST http://127.0.0.1:15400/voice/turns/3: no answer within 15000 ms',
  '  ! 11200 POST http://127.0.0.1:15400/voice: 503',
  '> presses 2 after 1.234 s',
  '> hangs up after 120 s',
])('where and when something went wrong stays readable: %s', (line) => {
  expect(masked(line)).toBe(line);
});

test('a number in a warning cannot be read either, and neither can keys beside a time', () => {
  expect(masked('  ! 11200 GET http://127.0.0.1:1/?Digits=0009999000020: 500')).not.toContain('0009999');
  expect(masked('  ! 11200 GET http://127.0.0.1:15400/?Digits=1234: 500')).toBe(
    '  ! 11200 GET http://127.0.0.1:15400/?Digits=••••: 500',
  );
  expect(masked('> presses 1234# after 1.234 s')).toBe('> presses ••••• after 1.234 s');
});

test('amounts and days stay readable, since they are what was wrong', () => {
  const line = '< Supaya aktif kembali, bayar dua juta seratus ribu rupiah, untuk lima orang, termasuk bulan ini.';
  expect(masked(line)).toBe(line);
});
