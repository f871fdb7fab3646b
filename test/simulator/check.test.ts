import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

/** Dials a document and hears it out: every warning as `code line:column`, and what the caller heard. */
async function dialled(document: string) {
  const app = await application({ '/voice': document, '/wait': '<Response><Leave/></Response>' });
  const phone = await dial(`${app.url}/voice`, { ...desk, otherEnd: { answers: false, because: 'busy' } });
  await phone.waitUntilSilence();
  while (!phone.isOver) await phone.stayQuiet().then(phone.waitUntilSilence);
  const warned = phone.telephone.events.flatMap((event) =>
    event.type === 'warning' ? [`${event.code} ${event.line}:${event.column}`] : [],
  );
  return { warned, heard: phone.transcript.filter((line) => line.startsWith('< ')) };
}

const inSay = (ssml: string) => `<Response><Say>one ${ssml}</Say></Response>`;

describe('in a Say', () => {
  test.each([
    '<break strength="weak" time="1s"/>',
    '<emphasis level="strong">two</emphasis>',
    '<lang xml:lang="id-ID">two</lang>',
    '<p>two <s>two</s></p>',
    '<phoneme alphabet="ipa" ph="tuː">two</phoneme>',
    '<prosody volume="+6dB" rate="slow" pitch="high">two <break/></prosody>',
    '<say-as interpret-as="date" role="ymd" format="ymd">20261121</say-as>',
    '<sub alias="two">2</sub>',
    '<w role="amazon:VB">two</w>',
    '<amazon:effect name="whispered" phonation="soft">two <break time="1s"/></amazon:effect>',
    '<google:style name="lively">two</google:style>',
  ])('%s is known with all that it carries', async (ssml) => {
    expect((await dialled(inSay(ssml))).warned).toEqual([]);
  });

  test.each([
    ['an attribute of another element', '<break alias="two"/>'],
    ['an attribute in an element in an element', '<p><prosody\nspeed="slow">two</prosody></p>'],
    ['an attribute in an element of one maker', '<amazon:effect name="whispered"><p role="x">two</p></amazon:effect>'],
    ['an attribute in other letters', '<say-as Interpret-as="date">two</say-as>'],
  ])('%s is warned about with its place, and the words are said', async (_what, ssml) => {
    const { warned, heard } = await dialled(inSay(ssml));
    expect(warned).toEqual([expect.stringMatching(/^12200 [12]:\d+$/)]);
    expect(heard).toEqual([expect.stringMatching(/^< one/)]);
  });

  test.each(['<voice name="a">two</voice>', '<p><Say>two</Say></p>', '<break>two</break>'])(
    '%s is warned about, and what stands in it is not said',
    async (ssml) => {
      const { warned, heard } = await dialled(inSay(ssml));
      expect(warned).toEqual([expect.stringMatching(/^12200 1:\d+$/)]);
      expect(heard).toEqual(['< one']);
    },
  );
});

describe('an attribute that is not known', () => {
  test.each([
    ['the Response', '<Response lang="en"><Say>one</Say></Response>', '12200 1:20'],
    ['a Task', '<Response><Enqueue waitUrl="/wait">\n<Task id="1">{}</Task>q</Enqueue></Response>', '12200 2:13'],
    [
      'an Identity',
      '<Response><Dial><Client>\n<Identity id="1">ayu</Identity></Client></Dial></Response>',
      '12200 2:17',
    ],
    [
      'a Parameter',
      '<Response><Dial><Client>\n<Identity>ayu</Identity><Parameter key="a" value="b"/></Client></Dial></Response>',
      '12200 2:54',
    ],
  ])('on %s is warned about with its place', async (_what, document, warning) => {
    expect((await dialled(document)).warned).toEqual([warning]);
  });

  test('is none where XML tools put it', async () => {
    const tools = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="twiml.xsd"';
    expect((await dialled(`<Response ${tools}><Say>one</Say></Response>`)).warned).toEqual([]);
  });
});

test.each([
  '<Dial callReason="your bill">+62215550101</Dial>',
  '<Dial callerId="kate"><Sip>ayu@example.com</Sip></Dial>',
  `<Dial><Client>${'x'.repeat(256)}</Client></Dial>`,
  '<Gather timeout="auto"/>',
  '<Gather input="speech" timeout="auto"/>',
  '<Reject><Parameter name="why" value="closed"/></Reject>',
])('%s is nothing to warn about', async (verb) => {
  expect((await dialled(`<Response>${verb}</Response>`)).warned).toEqual([]);
});

describe('text', () => {
  test.each([
    ['the Response', '<Response>two<Say>one</Say></Response>', 1],
    ['the Response in CDATA', '<Response><Say>one</Say><![CDATA[two]]></Response>', 1],
    ['a Gather', '<Response>\n<Gather timeout="1">two<Say>one</Say></Gather></Response>', 2],
    ['a Pause', '<Response>\n<Pause>3</Pause><Say>one</Say></Response>', 2],
    ['a Record', '<Response>\n<Record playBeep="false">two</Record><Say>one</Say></Response>', 2],
    ['a Hangup', '<Response><Say>one</Say>\n<Hangup>two</Hangup></Response>', 2],
    ['a Reject', '<Response><Say>one</Say>\n<Reject>two</Reject></Response>', 2],
  ])('directly in %s is warned about with the place, and passed over', async (_what, document, line) => {
    const { warned, heard } = await dialled(document);
    expect(warned).toEqual([expect.stringMatching(new RegExp(`^12200 ${line}:\\d+$`))]);
    expect(heard).toEqual(['< one']);
  });

  test('of nothing but white space is none', async () => {
    const document =
      '<Response>\n  <!-- two -->\n  <Gather timeout="1">\n <Say>one</Say>\t</Gather> <Hangup> </Hangup>\n</Response>';
    expect((await dialled(document)).warned).toEqual([]);
  });
});
