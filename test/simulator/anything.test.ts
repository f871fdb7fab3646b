import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { parse } from '../../src/simulator/twiml/parse.ts';
import { application, desk } from './application.ts';

const names = [
  'Say',
  'Play',
  'Pause',
  'Gather',
  'Redirect',
  'Dial',
  'Number',
  'Hangup',
  'Reject',
  'Record',
  'Leave',
  'Message',
  'break',
  'prosody',
  'amazon:effect',
  'x',
];
const attributeNames = [
  'action',
  'method',
  'timeout',
  'numDigits',
  'finishOnKey',
  'loop',
  'length',
  'digits',
  'reason',
  'input',
  'language',
  'voice',
  'hints',
  'speechModel',
  'speechTimeout',
  'time',
  'maxLength',
  'xml:lang',
  'y',
];
const values = [
  '',
  '0',
  '1',
  '3',
  '-1',
  'GET',
  'post',
  '#',
  '/next',
  'http://',
  'true',
  'busy',
  'speech',
  'dtmf speech',
  'auto',
  'id-ID',
  '5s',
  '7w',
  'é',
  '1000000000000',
];
const texts = ['', ' ', 'hello there', '/next', '+62215550199', 'ftp://x', '&amp;', '<![CDATA[1 < 2]]>', '<!-- no -->'];

const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(...names),
      fc.uniqueArray(fc.tuple(fc.constantFrom(...attributeNames), fc.constantFrom(...values)), {
        maxLength: 3,
        selector: ([name]) => name,
      }),
      fc.array(fc.oneof({ depthSize: 'small' }, fc.constantFrom(...texts), tie('element')), { maxLength: 3 }),
    )
    .map(([name, attributes, children]) => {
      const written = attributes.map(([attribute, value]) => ` ${attribute}="${value}"`).join('');
      return `<${name}${written}>${children.join('')}</${name}>`;
    }),
}));
const document = fc.array(element, { maxLength: 4 }).map((verbs) => `<Response>${verbs.join('')}</Response>`);

test('whatever documents an application sends and whatever keys are pressed, the call ends', async () => {
  let documents: string[] = [];
  const next = () => documents.shift() ?? '<Response><Hangup/></Response>';
  const app = await application({ '/voice': next, '/next': next });
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 4 }),
      fc.array(fc.constantFrom('1', '#', '12*', '')),
      async (sent, keys) => {
        documents = [...sent];
        const phone = await dial(`${app.url}/voice`, { ...desk, otherEnd: { answers: true, talksForMs: 1_000 } });
        await phone.waitUntilSilence();
        while (!phone.isOver) {
          const typed = keys.shift();
          if (typed) await phone.press(typed);
          else await phone.stayQuiet();
          await phone.waitUntilSilence();
        }
        expect(phone.telephone.events.filter(({ type }) => type === 'ended')).toHaveLength(1);
        expect(phone.transcript.at(-1)).toMatch(/^ {2}\(.* after \d+:\d\d\)$/);
      },
    ),
    { numRuns: 150 },
  );
});

test('whatever text it is given, the parser answers with a tree or with what is wrong', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    '<a>',
    '</a>',
    '<a b="',
    '"',
    '&',
    ';',
    '<!',
    '[',
    ']]>',
    '<?',
    '?>',
    'x',
    '\0',
    '\n',
    '😀',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const parsed = parse(text);
        expect('fault' in parsed ? parsed.fault : parsed.name).toBeTypeOf('string');
      },
    ),
    { numRuns: 1_000 },
  );
});
