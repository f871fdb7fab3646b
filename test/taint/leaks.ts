import { createHash } from 'node:crypto';

/** Something of somebody's that must not be found: what it is, and the number or the name. */
export type Secret = { what: string; value: string };

/** A secret that was found, where, and how it was spelled there. */
export type Leak = { place: string; what: string; spelled: string };

/** One spelling of a secret: what it is called, and where in a text of bytes it stands (below 0: nowhere). */
type Spelling = { spelled: string; at: (bytes: string) => number };

/** So many digits in a row are enough to know a number again. */
const TELLING = 8;

const digitWords = ['nol|kosong|zero|oh|o', 'satu|one', 'dua|two', 'tiga|three', 'empat|four', 'lima|five'].concat([
  'enam|six',
  'tujuh|seven',
  'delapan|eight',
  'sembilan|nine',
]);

const latin1 = (bytes: string | Uint8Array) => Buffer.from(bytes as string).toString('latin1');
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const matches = (spelled: string, pattern: string): Spelling => {
  const expression = new RegExp(pattern, 'i');
  return { spelled, at: (bytes) => bytes.search(expression) };
};
const contains = (spelled: string, needle: string): Spelling => ({ spelled, at: (bytes) => bytes.indexOf(needle) });

/** Every so many signs in a row. */
const windows = (text: string, size: number): string[] =>
  Array.from({ length: Math.max(1, text.length - size + 1) }, (_, from) => text.slice(from, from + size));

/** Its base64 wherever in the encoded text it begins: of the first and the last sign only a part is its own. */
const inBase64 = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + text.length) * 8) / 6));
  });

/** Its bytes in hexadecimal digits, also as %30, \x30, \u0030, &#x30; or with blanks between them. */
const inHex = (text: string) => [...Buffer.from(text).toString('hex').matchAll(/../g)].join('[^0-9a-z]{0,3}(?:u00|x)?');

const algorithms = ['md5', 'sha1', 'sha256', 'sha512'];
/** What we ourselves call those for whom failures are counted. */
const subjects = ['', 'caller:', 'number:'];

/** Its hashes without a key, in every way to write them; the first half of one is enough. */
function hashed(texts: readonly string[]): Spelling[] {
  return algorithms.flatMap((algorithm) =>
    texts.flatMap((text) =>
      subjects.flatMap((subject) => {
        const digest = createHash(algorithm)
          .update(subject + text)
          .digest();
        const half = digest.subarray(0, digest.length / 2);
        const encoded = half.toString('base64').replace(/..=*$/, '');
        return [
          contains(`as the bytes of its ${algorithm}`, half.toString('latin1')),
          contains(`as its ${algorithm} in hex`, half.toString('hex')),
          contains(`as its ${algorithm} in hex`, half.toString('hex').toUpperCase()),
          contains(`as its ${algorithm} in base64`, encoded),
          contains(`as its ${algorithm} in base64`, encoded.replaceAll('+', '-').replaceAll('/', '_')),
        ];
      }),
    ),
  );
}

/** The number as computers keep numbers: whole, of as many bytes as it needs or of eight, or with a point. */
function inBinary(digits: string): Spelling[] {
  const whole = Buffer.alloc(8);
  whole.writeBigUInt64BE(BigInt(digits));
  const needed = whole.subarray(whole.findIndex((byte) => byte > 0));
  const float = Buffer.alloc(8);
  float.writeDoubleBE(Number(digits));
  return [needed, float].flatMap((bytes) => [
    contains('as a binary number', latin1(bytes)),
    contains('as a binary number', latin1(Buffer.from(bytes).reverse())),
  ]);
}

/** A number without what may be left out at its beginning: zeros, or the code of the country. */
const coreOf = (value: string) => value.replace(/\D/g, '').replace(/^(?:0+|62(?=8))/, '');

function ofNumber(value: string): Spelling[] {
  const core = coreOf(value);
  const whole = value.replace(/\D/g, '');
  const words = (digits: string) => [...digits].map((digit) => `(?:${digitWords[Number(digit)]})`).join('[^a-z]{1,4}');
  return [
    ...windows(core, TELLING).map((part) => matches('in digits', [...part].join('[^0-9a-z]{0,3}'))),
    ...windows(core, TELLING).map((part) => matches('in words', `\\b${words(part)}\\b`)),
    ...inBase64(core).map((part) => contains('in base64', part)),
    matches('in hex', inHex(core)),
    ...inBinary(core),
    ...hashed([...new Set([value, whole, core, `0${core}`, `62${core}`, `+62${core}`])]),
  ];
}

function ofName(value: string): Spelling[] {
  const parts = value.split(' ');
  const cases = (text: string) => [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
  return [
    ...parts.map((part) => matches('as it is written', escaped(part))),
    ...parts
      .flatMap(cases)
      .flatMap((part) => [
        ...inBase64(part).map((encoded) => contains('in base64', encoded)),
        matches('in hex', inHex(part)),
      ]),
    ...hashed([value, ...parts].flatMap(cases)),
  ];
}

/**
 * A search for these secrets in any spelling: a number by eight of its digits, also in groups or in words of both
 * languages, with and without the country's code; a name by any part of it; either in base64, in hex, as binary numbers, or
 * hashed without a key. What is searched is text, or the bytes of a file; each spelling is told once for a place.
 */
export function searchFor(secrets: readonly Secret[]): (place: string, content: string | Uint8Array) => Leak[] {
  const spellings = secrets.flatMap(({ what, value }) =>
    (/\d/.test(value) ? ofNumber(value) : ofName(value)).map((spelling) => ({ ...spelling, what })),
  );
  return (place, content) => {
    const bytes = latin1(content);
    const found = spellings.filter(({ at }) => at(bytes) >= 0).map(({ what, spelled }) => ({ place, what, spelled }));
    return [...new Map(found.map((leak) => [`${leak.what} ${leak.spelled}`, leak])).values()];
  };
}
