/** One frame of MPEG 1 layer 3 at 48 kHz, so of 24 ms, with as many kilobits a second as this number stands for. */
export function mp3Frame(rate: 5 | 9 | 14, inside: [at: number, text: string] = [0, '']): Buffer {
  const frame = Buffer.alloc({ 5: 192, 9: 384, 14: 960 }[rate]);
  frame.write(inside[1], inside[0], 'latin1');
  return Buffer.concat([Buffer.from([0xff, 0xfb, (rate << 4) | 0x04, 0]), frame.subarray(4)]);
}

/** An MP3 of so many milliseconds, a multiple of 24, whose bit rate changes from frame to frame. */
export function mp3(ms: number): Buffer {
  const frames = Array.from({ length: ms / 24 }, (_, n) => mp3Frame(([5, 9, 14] as const)[n % 3]!));
  return Buffer.concat(frames);
}

/** A silent AIFF of so many milliseconds at 8 kHz, 8 bits a sample. */
export function aiff(ms: number): Buffer {
  const samples = ms * 8;
  const file = Buffer.alloc(54 + samples);
  file.write('FORM', 0, 'latin1');
  file.writeUInt32BE(46 + samples, 4);
  file.write('AIFFCOMM', 8, 'latin1');
  file.writeUInt32BE(18, 16);
  file.writeUInt16BE(1, 20);
  file.writeUInt32BE(samples, 22);
  file.writeUInt16BE(8, 26);
  file.writeUInt16BE(16_383 + 12, 28);
  file.writeUInt32BE(8_000 * 2 ** 19, 30);
  file.write('SSND', 38, 'latin1');
  file.writeUInt32BE(8 + samples, 42);
  return file;
}
