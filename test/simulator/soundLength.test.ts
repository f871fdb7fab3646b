import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { playingTime, soundLength } from '../../src/simulator/sound/soundLength.ts';
import { aiff, mp3, mp3Frame } from './soundFiles.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('an MP3 plays for as long as all its frames', () => {
  const sound = mp3(1_200);
  const tag = Buffer.concat([latin1('ID3\x04\0\0\0\0\x01\x00'), Buffer.alloc(128, 0xff)]);

  test.each<[string, Buffer]>([
    ['whatever their bit rates are', sound],
    ['whatever its tag says before it', Buffer.concat([tag, sound])],
    ['whatever its tag says behind it', Buffer.concat([sound, latin1('TAG'), Buffer.alloc(125, 0x20)])],
    ['whatever stands between them', Buffer.concat([sound.subarray(0, 576), Buffer.alloc(99, 0x55), mp3(1_152)])],
    ['without the table of contents that an encoder puts first', Buffer.concat([mp3Frame(9, [36, 'Xing']), sound])],
    ['without the table of another encoder', Buffer.concat([mp3Frame(9, [36, 'VBRI']), sound])],
  ])('%s', (_what, file) => {
    expect(soundLength(file)).toBe(1_200);
  });

  test('in the frames of MPEG 2, which are half as long', () => {
    const frame = Buffer.concat([Buffer.from([0xff, 0xf3, 0x84, 0]), Buffer.alloc(188)]);
    expect(soundLength(Buffer.concat(Array(10).fill(frame)))).toBe(240);
  });

  test('and to the byte where it breaks off', () => {
    expect(soundLength(sound.subarray(0, -99))).toBe(1_200);
  });
});

test('an AIFF plays for as long as its samples', () => {
  expect(soundLength(aiff(1_500))).toBe(1_500);
});

test('a sound of unknown kind is taken for one as telephones carry it', () => {
  expect(soundLength(Buffer.alloc(12_000))).toBe(1_500);
});

test('whatever is called a sound has a length, and a Play of it has the same or none', () => {
  const bytes = fc.uint8Array().map((array) => Buffer.from(array));
  const starts = fc.constantFrom('RIFF\0\0\0\0WAVE', 'FORM\0\0\0\0AIFFCOMM', 'ID3', '\xff\xfb', '');
  fc.assert(
    fc.property(starts, bytes, (start, rest) => {
      const sound = Buffer.concat([latin1(start), rest]);
      expect(soundLength(sound)).toBeGreaterThanOrEqual(0);
      expect([null, soundLength(sound)]).toContain(playingTime('audio/mpeg', sound));
    }),
  );
});
