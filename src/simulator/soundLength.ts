/** Kilobits a second of an MPEG 1 layer 3 frame and of an MPEG 2 one, by the number in its header. */
const mp3Rates = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** µ-law as telephones carry it: what a sound of unknown kind is taken for. */
const telephoneBytesASecond = 8_000;

/** How long a recording plays, in milliseconds: WAV by its header, MP3 by its first frame. */
export function soundLength(sound: Buffer): number {
  return Math.round(wavLength(sound) ?? mp3Length(sound) ?? (sound.length * 1_000) / telephoneBytesASecond);
}

function wavLength(sound: Buffer): number | null {
  if (sound.length < 12 || sound.toString('latin1', 0, 4) !== 'RIFF') return null;
  let bytesASecond = 0;
  for (let at = 12; at + 8 <= sound.length; ) {
    const chunk = sound.toString('latin1', at, at + 4);
    const size = sound.readUInt32LE(at + 4);
    if (chunk === 'fmt ' && at + 20 <= sound.length) bytesASecond = sound.readUInt32LE(at + 16);
    if (chunk === 'data' && bytesASecond > 0) return (Math.min(size, sound.length - at - 8) * 1_000) / bytesASecond;
    at += 8 + size + (size % 2);
  }
  return null;
}

function mp3Length(sound: Buffer): number | null {
  const start = sound.indexOf(0xff, tagLength(sound));
  if (start < 0 || start + 3 > sound.length) return null;
  const [second = 0, third = 0] = [sound[start + 1], sound[start + 2]];
  const isLayer3 = (second & 0xe6) === 0xe2;
  const rate = mp3Rates[(second & 0x18) === 0x18 ? 1 : 2][third >> 4];
  return isLayer3 && rate ? ((sound.length - start) * 8) / rate : null;
}

/** An ID3 tag stands before the sound; its length is written in four times seven bits. */
function tagLength(sound: Buffer): number {
  if (sound.length < 10 || sound.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + [...sound.subarray(6, 10)].reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
}
