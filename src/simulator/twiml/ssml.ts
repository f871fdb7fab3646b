import type { Grammar } from './verb.ts';

const any: Grammar = { attributes: ['*'] };

/** The SSML elements that may stand inside a Say; those of one maker of voices are left to that maker. */
export const ssml: Readonly<Record<string, Grammar>> = {
  break: { attributes: ['strength', 'time'], nests: [], holdsNoText: true },
  emphasis: { attributes: ['level'] },
  lang: { attributes: ['xml:lang'] },
  p: { attributes: [] },
  s: { attributes: [] },
  phoneme: { attributes: ['alphabet', 'ph'] },
  prosody: { attributes: ['volume', 'rate', 'pitch'] },
  'say-as': { attributes: ['interpret-as', 'role', 'format'] },
  sub: { attributes: ['alias'] },
  w: { attributes: ['role'] },
  'amazon:*': any,
  'google:*': any,
};
