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

test('amounts and days stay readable, since they are what was wrong', () => {
  const line = '< Supaya aktif kembali, bayar dua juta seratus ribu rupiah, untuk lima orang, termasuk bulan ini.';
  expect(masked(line)).toBe(line);
});
