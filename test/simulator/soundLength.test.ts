import fc from 'fast-check';
import { expect, test } from 'vitest';
import { soundLength } from '../../src/simulator/soundLength.ts';

const frame = (...header: number[]) => Buffer.concat([Buffer.from(header), Buffer.alloc(16_000 - header.length)]);

test('an MP3 plays for as long as its first frame promises, whatever its tag says before it', () => {
  const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\x00', 'latin1'), Buffer.alloc(128, 0xff)]);
  expect(soundLength(frame(0xff, 0xfb, 0x90, 0))).toBe(1_000);
  expect(soundLength(frame(0xff, 0xf3, 0x80, 0))).toBe(2_000);
  expect(soundLength(Buffer.concat([tag, frame(0xff, 0xfb, 0x90, 0)]))).toBe(1_000);
});

test('a sound of unknown kind is taken for one as telephones carry it', () => {
  expect(soundLength(Buffer.alloc(12_000))).toBe(1_500);
});

test('whatever is called a sound has a length', () => {
  const bytes = fc.uint8Array().map((array) => Buffer.from(array));
  const begun = fc.tuple(fc.constantFrom('RIFF\0\0\0\0WAVE', 'ID3', '\xff\xfb', ''), bytes);
  fc.assert(
    fc.property(begun, ([start, rest]) => {
      expect(soundLength(Buffer.concat([Buffer.from(start, 'latin1'), rest]))).toBeGreaterThanOrEqual(0);
    }),
  );
});
