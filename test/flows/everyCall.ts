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
const choices = ['1', '2', '3', '4', '5', '0', '*', ''];
const wrongNumbers = [
  '00099990000',
  '00099990000011',
  '5555555555555',
  '3201019913850001',
  '0009999777777',
  '9901010101900001',
  '3201010101900000',
];

/**
 * What a caller may do at a moment. Everything is tried at a question that is asked for the first time, in Indonesian;
 * who has missed it before, has had it repeated or speaks English tries less, since the rest would only be the same again.
 */
export function maysAt(call: Call): Step[] {
  const { rest, place } = call;
  if ('hangUp' in rest) return [];
  if ('transfer' in rest) return [transfer(true), transfer(false)];
  if (goesStraightOn(call)) return [keys(rest.listen.for === 'key' ? '1' : '1234')];
  const { missed, repeated } = before(call);
  const isFresh = !missed && !repeated && place.context.session.language === 'id';
  const again = missed ? [] : ['9'];
  const language = missed || repeated ? [] : ['8'];
  const keysOfAll = [...choices, ...again, ...language].map((typed) => keys(typed));
  if (rest.listen.for === 'key') {
    const looksUp = [keys('1', false, 'fails'), keys('2', false, 'fails'), keys('1', false, 'refuses')];
    return [...keysOfAll, ...(isFresh ? [keys('#'), ...looksUp] : [])];
  }
  const right = rest.listen.digits === 4 ? ['1234'] : isFresh ? [...cards, NIK_OF_FIRST] : cards.slice(0, 1);
  const wrong = rest.listen.digits === 4 ? ['123', '9999'] : wrongNumbers;
  return [
    ...keysOfAll,
    ...[...right, ...(isFresh || missed ? wrong : [])].map((typed) => keys(typed)),
    ...(isFresh ? [keys('', true), keys('12*'), keys('1234', false, 'fails'), keys('1234', false, 'refuses')] : []),
  ];
}

/** On the way to the facts all callers are asked the same; one of them, and the one without NIK, try what else there is. */
function goesStraightOn({ flow, place }: Call): boolean {
  const { typed, session } = place.context;
  const whom = session.identified?.number.digits ?? typed;
  const others = cards.slice(1, -1);
  return (flow === 'prove' || (flow === 'identify' && 'confirming' in Object(place.value))) && others.includes(whom);
}

/** How often the question that is asked now was missed, and repeated on request. */
function before({ place: { value, context } }: Call) {
  const question = Object.keys(value)[0]!;
  return { missed: context.misses[question]?.times, repeated: context.misses[`${question}, repeated`]?.times };
}

/**
 * What matters of a call for what can happen next. Whom the caller is tells moments apart only where facts are told,
 * and a question's misses only while it is asked: else the same menus would be walked for everybody.
 */
export function gist(call: Call): string {
  const { flow, place, rest } = call;
  const { session, misses, typed } = place.context;
  const { language, wanted, identified, proofSkipped, wrongProofs, searchStopped, member, officersMissed } = session;
  const anybody = ['mainMenu', 'information', 'officer'].includes(flow);
  const whom = anybody
    ? [identified !== null, flow !== 'information' && [proofSkipped, wrongProofs, searchStopped]]
    : [wanted, identified?.number.digits, proofSkipped, wrongProofs, searchStopped, member !== null];
  const silent = misses[Object.keys(place.value)[0]!]?.allSilent;
  const asked = 'listen' in rest && [before(call), silent];
  return JSON.stringify([
    flow,
    place.value,
    language,
    whom,
    Math.min(officersMissed, flow === 'officer' || flow === 'mainMenu' ? 2 : 1),
    asked,
    call.hashMayFollow,
    flow === 'identify' && typed,
  ]);
}

export const take = (call: Call, step: Step): Promise<Call> =>
  continueCall(
    { flows: callflows, firstFlow, newSession: aSession, enquiries: enquiries(step.service) },
    call.nextTurn,
    call,
    step.input,
  );

/** Makes every call there is: from each moment, once, whatever a caller may do there; the shortest way first. */
export async function everyMoment(
  onTurn: (turn: Moment, before: Call) => void,
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
      onTurn(turn, moment.call);
      if (known.has(gist(call))) continue;
      known.add(gist(call));
      ('hangUp' in call.rest ? ends : moments).push(turn);
      if (known.size > most) throw new Error(`more than ${most} moments: what tells them apart is too fine`);
    }
  }
  return { moments, ends };
}

export const told = ({ call, steps }: Moment) => `${placeName(call)} by ${steps.map(({ does }) => does).join(' · ')}`;
