import fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { placeCall } from '../../src/simulator/line.ts';
import { network } from '../../src/simulator/network.ts';
import type { CalleeAnswer, Key, LineEvent, Telephone } from '../../src/simulator/telephone.ts';
import { application, desk } from './application.ts';

/** What may stand in what, and a little of what may not. */
const children: Record<string, readonly string[]> = {
  Response: ['Say', 'Play', 'Gather', 'Record', 'Dial', 'Enqueue', 'Leave', 'Sms', 'Message', 'Pay', 'Redirect', 'say'],
  Gather: ['Say', 'Play', 'Pause', 'Dial'],
  Dial: ['Number', 'Client', 'Sip', 'Queue', 'Conference', 'Say'],
  Say: ['break', 'sub', 'prosody', 'amazon:effect', 'Play'],
  Client: ['Identity', 'Parameter'],
  Enqueue: ['Task'],
  Message: ['Body', 'Media', 'x'],
};
const attributeNames = [
  ...['action', 'method', 'timeout', 'numDigits', 'finishOnKey', 'input', 'speechTimeout', 'loop', 'length', 'digits'],
  ...['maxLength', 'playBeep', 'trim', 'url', 'sendDigits', 'waitUrl', 'maxQueueSize', 'hangupOnStar', 'timeLimit'],
  ...['answerOnBridge', 'record', 'statusCallback', 'statusCallbackEvent', 'recordingStatusCallback', 'callerId', 'to'],
  ...['startConferenceOnEnter', 'endConferenceOnExit', 'maxParticipants', 'partialResultCallback', 'voice', 'x'],
  ...['language', 'hints', 'speechModel', 'maxSpeechTime', 'time', 'recordingTrack', 'reason', 'name', 'priority'],
];
/** Attributes that matter most, more often than the others. */
const likely: Record<string, readonly string[]> = {
  Gather: ['input', 'numDigits', 'action', 'timeout'],
  Enqueue: ['waitUrl', 'action', 'maxQueueSize'],
  Queue: ['url'],
  Number: ['url', 'statusCallback', 'sendDigits'],
  Dial: ['timeout', 'action', 'timeLimit', 'hangupOnStar', 'record'],
  Conference: [
    'waitUrl',
    'startConferenceOnEnter',
    'endConferenceOnExit',
    'maxParticipants',
    'participantLabel',
    'coach',
  ],
  Record: ['timeout', 'action', 'recordingStatusCallback'],
};
const values = [
  ...[
    '',
    '0',
    '1',
    '3',
    '20',
    '-1',
    'GET',
    '#',
    '*',
    'dtmf speech',
    'speech',
    'auto',
    'true',
    'false',
    '/next',
    '/wait',
  ],
  ...['/told', 'http://', 'record-from-answer', 'do-not-trim', '7wW', 'é', '1000000000000', 'initiated completed'],
  ...['record-from-start', 'start end join leave'],
];
const texts = ['', ' ', 'hello there', '/next', '+62215550199', 'support', 'ayu', 'sip:a@b', '&amp;', '<!-- no -->'];

/** What mostly stands in an element, so that much of what is sent can be performed. */
const fitting: Record<string, string> = {
  ...{
    Number: '+62215550199',
    Client: 'ayu',
    Sip: 'sip:a@b',
    Queue: 'support',
    Conference: 'room',
    Enqueue: 'support',
  },
  ...{ Dial: '+62215550198', Say: 'one two', Sms: 'hello', Redirect: '/next', Play: '/next' },
};

function attributesOf(element: string): fc.Arbitrary<string> {
  const name = fc.constantFrom(...(likely[element] ?? []), ...attributeNames, ...(likely[element] ?? []));
  const some = fc.uniqueArray(fc.tuple(name, fc.constantFrom(...values)), { maxLength: 4, selector: ([one]) => one });
  return some.map((all) => all.map(([one, value]) => ` ${one}="${value}"`).join(''));
}

function element(name: string, depth = 0): fc.Arbitrary<string> {
  const inside = children[name] ?? [];
  const text = fc.oneof({ weight: 4, arbitrary: fc.constant(fitting[name] ?? '') }, fc.constantFrom(...texts));
  const child = inside.length > 0 && depth < 3 ? fc.oneof(text, ...inside.map((one) => element(one, depth + 1))) : text;
  const body = fc.array(child, { minLength: 1, maxLength: name === 'Response' ? 4 : 2 }).map((all) => all.join(''));
  if (name === 'Response') return body.map((verbs) => `<Response>${verbs}</Response>`);
  return fc.tuple(attributesOf(name), body).map(([written, inner]) => `<${name}${written}>${inner}</${name}>`);
}

const hands = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 20_000 }),
    does: fc.constantFrom(
      '1',
      '#',
      '*',
      'says',
      'says',
      'hangs up',
      'callee hangs up',
      'callee is busy',
      'callee answers',
    ),
  }),
  { maxLength: 8 },
);
const answers = fc.constantFrom<(CalleeAnswer | null)[]>(
  null,
  { answers: true, talksForMs: 5_000, presses: '1', afterMs: 2_000 },
  { answers: true, talksForMs: 1_000 },
  { answers: false, because: 'no-answer' },
);

function act(phone: Telephone, does: string): void {
  if (does === 'says') phone.speak('one two three');
  else if (does === 'hangs up') phone.hangUp();
  else if (does === 'callee hangs up') phone.callees.at(-1)?.hangUp();
  else if (does === 'callee is busy') phone.otherEnd({ answers: false, because: 'busy' });
  else if (does === 'callee answers') phone.otherEnd({ answers: true, talksForMs: 2_000 });
  else phone.press(does as Key);
}

/** Whether a warning has a code of the carrier, and tells where in the document it came from, if from there. */
function isWellTold({ code, line, column }: LineEvent & { type: 'warning' }): boolean {
  const isOfTheDocument = code >= 12_200 && code !== 12_300 && code !== 15_003;
  return code >= 11_100 && code <= 16_025 && (!isOfTheDocument || (line !== undefined && column !== undefined));
}

const longestCallMs = 4 * 60 * 60 * 1_000;

test('whatever verbs two calls of one network meet, and whatever is pressed, said and hung up, both end in good time', async () => {
  let documents: string[] = [];
  const next = () => documents.shift() ?? '<Response><Hangup/></Response>';
  const app = await application({
    ...{ '/voice': next, '/next': next, '/told': { status: 204 } },
    '/wait': '<Response><Say>please wait</Say><Pause length="600"/></Response>',
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(element('Response'), { maxLength: 6 }),
      fc.array(hands, { minLength: 2, maxLength: 2 }),
      answers,
      async (sent, [first, second], otherEnd) => {
        documents = [...sent];
        const before = app.requests.length;
        const clock = virtualClock(0);
        const exchange = network({ clock });
        const phones = [first!, second!].map((acts) => {
          const phone = placeCall(`${app.url}/voice`, { ...desk, network: exchange, ...(otherEnd && { otherEnd }) });
          void acts.reduce((time, { afterMs, does }) => {
            void clock.sleep(time + afterMs).then(() => act(phone, does));
            return time + afterMs;
          }, 0);
          return phone;
        });
        let over = 0;
        for (const phone of phones) void phone.ended.then(() => over++);
        await clock.until(
          () => over === phones.length,
          () => () => {},
        );
        for (const { events } of phones) {
          const ends = events.filter((event): event is LineEvent & { type: 'ended' } => event.type === 'ended');
          expect(ends).toHaveLength(1);
          expect(ends[0]!.at).toBeLessThanOrEqual(longestCallMs);
          expect(ends[0]!.status).not.toBe('failed');
          for (const event of events) if (event.type === 'warning') expect(event).toSatisfy(isWellTold);
          expect(events).toEqual(events.toSorted((one, other) => one.at - other.at));
          expect(events.filter(({ type }) => type === 'answered').length).toBeLessThan(2);
          const afterTheEnd = events.slice(events.indexOf(ends[0]!) + 1).map(({ type }) => type);
          expect(['requests', 'tells', 'warning']).toEqual(expect.arrayContaining(afterTheEnd));
        }
        expect(app.requests.length - before).toBeLessThan(500);
        for (const queue of exchange.queues.values()) expect(queue.waiting).toEqual([]);
        expect(exchange.rooms.size).toBe(0);
      },
    ),
    { numRuns: 400 },
  );
});
