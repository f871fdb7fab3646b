/** Kilobits a second of an MPEG 1 layer 3 frame and of an MPEG 2 one, by the number in its header. */
const kilobits = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** Samples a second by the two bits of the version (MPEG 2.5, none, 2, 1) and the two of the rate. */
const samplings = [[11_025, 12_000, 8_000], [], [22_050, 24_000, 16_000], [44_100, 48_000, 32_000]];
/** Where in the first frame its table of contents begins, if it is one, by version and channels. */
const tableAt = [13, 21, 36];

type Frame = { bytes: number; ms: number };

/** How long an MP3 plays, in milliseconds, all its frames together; null where there is none. */
export function mp3Length(sound: Buffer): number | null {
  let ms: number | null = null;
  let expected = -1;
  for (let at = tagLength(sound); at >= 0; ) {
    const frame = frameAt(sound, at);
    // Two bytes look like a header soon; what follows a frame, or is followed by one, is none by chance.
    if (frame && (at === expected || at + frame.bytes === sound.length || frameAt(sound, at + frame.bytes))) {
      ms = (ms ?? 0) + (ms === null && isTable(sound, at) ? 0 : frame.ms);
      at = expected = at + frame.bytes;
    } else at = sound.indexOf(0xff, at + 1);
  }
  return ms;
}

function frameAt(sound: Buffer, at: number): Frame | null {
  if (at + 4 > sound.length || sound[at] !== 0xff) return null;
  const [second, third] = [sound[at + 1]!, sound[at + 2]!];
  const version = (second >> 3) & 3;
  const rate = kilobits[version === 3 ? 1 : 2][third >> 4];
  const sampling = samplings[version]![(third >> 2) & 3];
  if ((second & 0xe6) !== 0xe2 || !rate || !sampling) return null;
  const samples = version === 3 ? 1_152 : 576;
  const padding = (third >> 1) & 1;
  return { bytes: Math.floor((samples * rate * 125) / sampling) + padding, ms: (samples * 1_000) / sampling };
}

/** Encoders put a frame without sound before the others, which tells of them. */
function isTable(sound: Buffer, at: number): boolean {
  return tableAt.some((offset) => /^(Xing|Info|VBRI)$/.test(sound.toString('latin1', at + offset, at + offset + 4)));
}

/** An ID3 tag stands before the sound; its length is written in four times seven bits. */
function tagLength(sound: Buffer): number {
  if (sound.length < 10 || sound.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + [...sound.subarray(6, 10)].reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
}
