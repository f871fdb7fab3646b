import { mp3Length } from './mp3.ts';

/** µ-law as telephones carry it: what a sound of unknown kind is taken for. */
const telephoneBytesASecond = 8_000;
/** The kinds of sound that a Play plays; those that have no header last by their bytes a second. */
const kinds = new Map<string, number | null>([
  ...['mpeg', 'wav', 'wave', 'x-wav', 'aiff', 'x-aifc', 'x-aiff'].map((kind): [string, null] => [kind, null]),
  ['gsm', 1_650],
  ['x-gsm', 1_650],
  ['ulaw', telephoneBytesASecond],
]);

/** How long a recording plays, in milliseconds: by its header, or as telephones would play it. */
export function soundLength(sound: Buffer): number {
  return lengthByHeader(sound) ?? Math.round((sound.length * 1_000) / telephoneBytesASecond);
}

/** The same for what a Play was given; null where the carrier plays no such kind, or the sound is none of its kind. */
export function playingTime(contentType: string, sound: Buffer): number | null {
  const [, kind = ''] = /^\s*audio\/([^;\s]+)/.exec(contentType.toLowerCase()) ?? [];
  const bytesASecond = kinds.get(kind);
  if (bytesASecond === undefined) return null;
  return bytesASecond === null ? lengthByHeader(sound) : Math.round((sound.length * 1_000) / bytesASecond);
}

function lengthByHeader(sound: Buffer): number | null {
  const ms = wavLength(sound) ?? aiffLength(sound) ?? mp3Length(sound);
  return ms === null ? null : Math.round(ms);
}

function wavLength(sound: Buffer): number | null {
  if (sound.toString('latin1', 0, 4) !== 'RIFF') return null;
  let bytesASecond = 0;
  for (const { name, at, size } of chunks(sound, (at) => sound.readUInt32LE(at))) {
    if (name === 'fmt ' && at + 12 <= sound.length) bytesASecond = sound.readUInt32LE(at + 8);
    if (name === 'data' && bytesASecond > 0) return (Math.min(size, sound.length - at) * 1_000) / bytesASecond;
  }
  return null;
}

/** An AIFF says how many samples it has, and how many a second as a number of 80 bits. */
function aiffLength(sound: Buffer): number | null {
  if (!/^FORM....AIF[FC]/s.test(sound.toString('latin1', 0, 12))) return null;
  for (const { name, at } of chunks(sound, (at) => sound.readUInt32BE(at))) {
    if (name !== 'COMM' || at + 14 > sound.length) continue;
    const aSecond = sound.readUInt32BE(at + 10) * 2 ** ((sound.readUInt16BE(at + 8) & 0x7fff) - 16_383 - 31);
    const ms = (sound.readUInt32BE(at + 2) * 1_000) / aSecond;
    return Number.isFinite(ms) ? ms : null;
  }
  return null;
}

/** The parts of a sound that names them, each with where its content begins and how long it is. */
function* chunks(sound: Buffer, sizeAt: (at: number) => number) {
  for (let at = 12; at + 8 <= sound.length; ) {
    const size = sizeAt(at + 4);
    yield { name: sound.toString('latin1', at, at + 4), at: at + 8, size };
    at += 8 + size + (size % 2);
  }
}
