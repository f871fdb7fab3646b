/** A stretch of a recording: somebody speaks, or nobody does. */
export type Stretch = { ms: number; spoken: boolean };

/** How speech sounds in a recording: as a tone of 440 Hz, or as nothing at all. */
export type SpeechSound = 'tone' | 'silence';

const samplesASecond = 8_000;
const headerBytes = 44;
const toneHertz = 440;
const loudness = 8_000;

/**
 * A recording as a WAV file, 8 kHz, 16 bit PCM: what stands for speech is a tone, unless it is to be silent, and of two
 * channels the same on both.
 */
export function wav(
  stretches: readonly Stretch[],
  { sound = 'tone', channels = 1 }: { sound?: SpeechSound; channels?: 1 | 2 } = {},
): Buffer {
  const samples = stretches.map(({ ms }) => channels * Math.round((ms * samplesASecond) / 1_000));
  const bytes = samples.reduce((sum, count) => sum + count, 0) * 2;
  const file = Buffer.alloc(headerBytes + bytes);
  writeHeader(file, bytes, channels);
  let at = headerBytes;
  for (const [index, count] of samples.entries()) {
    if (stretches[index]!.spoken && sound === 'tone')
      for (let n = 0; n < count; n++) {
        const height = Math.sin((2 * Math.PI * toneHertz * Math.floor(n / channels)) / samplesASecond);
        file.writeInt16LE(Math.round(loudness * height), at + 2 * n);
      }
    at += 2 * count;
  }
  return file;
}

function writeHeader(file: Buffer, bytes: number, channels: number): void {
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(headerBytes - 8 + bytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(samplesASecond, 24);
  file.writeUInt32LE(samplesASecond * 2 * channels, 28);
  file.writeUInt16LE(2 * channels, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(bytes, 40);
}
