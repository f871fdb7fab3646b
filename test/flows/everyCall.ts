import { callflows, firstFlow } from '../../callflows/index.ts';
import { beginCall, type Call, continueCall, placeName } from '../../src/call/call.ts';
import { newSession } from '../../src/call/session.ts';
import type { CallerInput } from '../../src/call/turn.ts';
import { cards, enquiries, NIK_OF_FIRST } from './callers.ts';

const aSession = () => newSession({ writeOffAnnounced: true });

/** What a caller did, as a test prints it, and whether the membership service was well at that moment. */
export type Step = { does: string; input: CallerInput; service: 'works' | 'fails' | 'refuses' };
/** A moment at which a call waits for its caller, and the shortest way there. */
export type Moment = { call: Call; steps: Step[] };

const keys = (typed: string, finishedByHash = false, service: Step['service'] = 'works'): Step => ({
  does: `${typed || 'nothing'}${finishedByHash ? '#' : ''}${service === 'works' ? '' : ` (the service ${service})`}`,
  input: { keys: typed, finishedByHash },
  service,
});
const transfer = (transferAnswered: boolean): Step => ({
  does: transferAnswered ? 'officer answers' : 'officer does not answer',
  input: { transferAnswered },
  service: 'works',
});
const onKeys = ['1', '2', '3', '4', '5', '0', '8', '9', '*', '#', ''];
const wrongNumbers = [
  '00099990000',
  '00099990000011',
  '5555555555555',
  '3201019913850001',
  '0009999777777',
  '9901010101900001',
  '3201010101900000',
];

/** All that a caller may do at a moment. */
export function maysAt({ rest, place }: Call): Step[] {
  if ('hangUp' in rest) return [];
  if ('transfer' in rest) return [transfer(true), transfer(false)];
  if (rest.listen.for === 'number') {
    const globals = ['0', '8', '9', '*', '12*', ''].map((typed) => keys(typed));
    const right = rest.listen.digits === 4 ? ['1234'] : [...cards, NIK_OF_FIRST];
    const wrong = rest.listen.digits === 4 ? ['123', '9999'] : wrongNumbers;
    return [
      ...globals,
      keys('', true),
      ...[...right, ...wrong].map((typed) => keys(typed)),
      keys('1234', false, 'fails'),
      keys('1234', false, 'refuses'),
    ];
  }
  const looksUp = /finding|confirming|choosing|inactive|skipped|balance|paying/.test(JSON.stringify(place.value));
  return [
    ...onKeys.map((key) => keys(key)),
    ...(looksUp ? [keys('1', false, 'fails'), keys('2', false, 'fails'), keys('1', false, 'refuses')] : []),
  ];
}

/**
 * What matters of a call for what can happen next. Whom the caller is tells moments apart only where facts are told,
 * and a question's misses only while it is asked: else the same menus would be walked for everybody.
 */
function gist({ flow, place, rest }: Call): string {
  const { session, misses, typed } = place.context;
  const { language, wanted, identified, proof, member, officersMissed } = session;
  const anybody = ['mainMenu', 'information', 'officer'].includes(flow);
  const whom = anybody
    ? [identified !== null, flow === 'mainMenu' && proof]
    : [wanted, identified?.number.digits, proof, member !== null];
  const question = typeof place.value === 'string' ? place.value : Object.keys(place.value)[0]!;
  const asked = 'listen' in rest && misses[question];
  return JSON.stringify([flow, place.value, language, whom, officersMissed > 0, asked, flow === 'identify' && typed]);
}

export const take = (call: Call, step: Step): Promise<Call> =>
  continueCall(
    { flows: callflows, firstFlow, newSession: aSession, enquiries: enquiries(step.service) },
    call.spoken.nextTurn,
    call,
    step.input,
  );

/** Makes every call there is: from each moment, once, whatever a caller may do there; the shortest way first. */
export async function everyMoment(
  onTurn: (turn: Moment) => void,
  most = 200_000,
): Promise<{ moments: Moment[]; ends: Moment[] }> {
  const first: Moment = {
    call: await beginCall({ flows: callflows, firstFlow, newSession: aSession, enquiries: enquiries('works') }, 0),
    steps: [],
  };
  const known = new Set([gist(first.call)]);
  const moments = [first];
  const ends: Moment[] = [];
  for (const moment of moments) {
    for (const step of maysAt(moment.call)) {
      const call = await take(moment.call, step);
      const turn = { call, steps: [...moment.steps, step] };
      onTurn(turn);
      if (known.has(gist(call))) continue;
      known.add(gist(call));
      ('hangUp' in call.rest ? ends : moments).push(turn);
      if (known.size > most) throw new Error(`more than ${most} moments: what tells them apart is too fine`);
    }
  }
  return { moments, ends };
}

export const told = ({ call, steps }: Moment) => `${placeName(call)} by ${steps.map(({ does }) => does).join(' · ')}`;
