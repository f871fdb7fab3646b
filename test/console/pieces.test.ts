import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inPieces } from '../../src/console/inside/twimlPieces.ts';

const name = fc.constantFrom('Say', 'Gather', 'Pause', 'Response');
const words = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', '&amp;', '1', '"', "'", '\n', '.') });
const attribute = fc.tuple(fc.constantFrom('voice', 'xml:lang', 'action'), fc.stringMatching(/^[\w/ .-]*$/));
const { document } = fc.letrec<{ document: string; element: string }>((tie) => ({
  document: tie('element').map((element) => `<?xml version="1.0" encoding="UTF-8"?>${element}`),
  element: fc
    .tuple(name, fc.option(attribute), fc.array(fc.oneof({ maxDepth: 3 }, words, tie('element')), { maxLength: 4 }))
    .map(([tag, given, children]) => {
      const head = given ? `${tag} ${given[0]}="${given[1]}"` : tag;
      return children.length === 0 ? `<${head}/>` : `<${head}>${children.join('')}</${tag}>`;
    }),
}));

const bare = (text: string) => text.replace(/\s+/g, '');
const joined = (xml: string) =>
  inPieces(xml)
    .map(({ text }) => text)
    .join('');

test('a document in pieces says the same, but for white space', () => {
  fc.assert(fc.property(document, (xml) => void expect(bare(joined(xml))).toBe(bare(xml))));
});

test('what is no document at all loses nothing either', () => {
  fc.assert(fc.property(fc.string(), (text) => void expect(bare(joined(text))).toBe(bare(text))));
});

test('a document stands one element a line, with its names and values apart', () => {
  const xml =
    '<?xml version="1.0"?><Response><Gather action="/turn"><Say>Halo.</Say><Pause length=\'3\'/></Gather></Response>';
  expect(joined(xml).split('\n')).toEqual([
    '<?xml version="1.0"?>',
    '<Response>',
    '  <Gather action="/turn">',
    '    <Say>Halo.</Say>',
    "    <Pause length='3'/>",
    '  </Gather>',
    '</Response>',
  ]);
  expect(inPieces(xml).filter(({ kind }) => kind === 'value')).toEqual([
    { kind: 'value', text: '"1.0"' },
    { kind: 'value', text: '"/turn"' },
    { kind: 'value', text: "'3'" },
  ]);
});
