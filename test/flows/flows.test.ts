import { beforeAll, describe, expect, test } from 'vitest';
import { getStateNodes } from 'xstate/graph';
import { callflows } from '../../callflows/index.ts';
import { ASKED_AT_MOST } from '../../callflows/steps.ts';
import { type Language, type PromptKey, prompts } from '../../prompts/prompts.ts';
import { type Call, placeName } from '../../src/call/call.ts';
import { inWords } from '../../src/call/words.ts';
import { everyMoment, gist, type Moment, take, told } from './everyCall.ts';
import { transitionsOf, watchTransitions } from './transitions.ts';
import { choices, foundWay, saidEverywhere, saidOf, type Walked, walked } from './ways.ts';

/** Speech takes so long at the speed of an unhurried officer, words counted as they are spoken. */
const WORDS_A_MINUTE = 140;
const languageOf = ({ place }: Call) => place.context.session.language;
const secondsOf = (call: Call, only = call.said) =>
  (only
    .map((utterance) => inWords(utterance, languageOf(call)).text.split(/\s+/).length)
    .reduce((sum, n) => sum + n, 0) *
    60) /
  WORDS_A_MINUTE;

const silence = { does: 'nothing', input: { keys: '', finishedByHash: false }, service: 'works' } as const;
const zero = { does: '0', input: { keys: '0', finishedByHash: false }, service: 'works' } as const;
const unanswered = { does: 'officer does not answer', input: { transferAnswered: false }, service: 'works' } as const;

let moments: Moment[];
let ends: Moment[];
const taken = new Set<string>();
const takenNow = watchTransitions();
/** One turn of each kind. */
const turns = new Map<string, Walked>();
const beginning = {
  walk: { from: 'mainMenu', to: 'mainMenu.choosing.asking', said: ['welcome' as const] },
  went: ['mainMenu.arriving'],
};

const heard = new Set<PromptKey>();

beforeAll(async () => {
  const listen = ({ call }: Moment) => {
    for (const { prompt } of call.said) heard.add(prompt);
  };
  const follow = (turn: Moment, before: Call) => {
    const way = walked(before, turn, [...takenNow]);
    if (way) turns.set(JSON.stringify(way), way);
    for (const transition of takenNow) taken.add(transition);
    takenNow.clear();
  };
  ({ moments, ends } = await everyMoment((turn, before) => {
    listen(turn);
    follow(turn, before);
  }));
  listen(moments[0]!);
}, 60_000);

describe.each(Object.entries(callflows))('the flow %s', (name, flow) => {
  test('goes through every one of its transitions in some call', () => {
    expect(transitionsOf(flow).filter((transition) => !taken.has(transition))).toEqual([]);
  });

  test('rests, works or ends in every state', () => {
    const nodes = getStateNodes(flow).filter(({ type }) => type === 'atomic');
    const idle = nodes.filter(({ meta, invoke, always }) => !meta && invoke.length === 0 && !always?.length);
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  test('counts misses by the name of the state that asks', () => {
    const asking = getStateNodes(flow).filter(({ meta }) => (meta as Partial<{ listen: unknown }>)?.listen);
    for (const { parent } of asking) expect(parent!.id).toBe(parent!.key);
  });

  test('listens only for what a caller can do', () => {
    const can = /^(key\.([0-9]|star|hash|\*)|number|silence|transferEnded|xstate\.(done|error)\.actor\.\w+)$/;
    expect(flow.events.filter((event: string) => !can.test(event))).toEqual([]);
  });

  test('never runs for ever without a caller', () => {
    expect(flow.options.maxIterations, name).toBe(100);
  });
});

test('an officer is one key away wherever the caller is asked something', async () => {
  for (const moment of moments.filter(({ call }) => 'listen' in call.rest)) {
    const { rest } = await take(moment.call, zero);
    expect('transfer' in rest, told(moment)).toBe(true);
  }
});

test('no silent caller is kept for ever, even when no officer picks up', async () => {
  const comesToAnEnd = new Set<string>();
  for (const moment of moments) {
    const way: string[] = [];
    for (let { call } = moment; !('hangUp' in call.rest) && !comesToAnEnd.has(gist(call)); ) {
      expect(way.length, `${told(moment)}, and then silence`).toBeLessThan(12);
      way.push(gist(call));
      call = await take(call, 'transfer' in call.rest ? unanswered : silence);
    }
    for (const place of way) comesToAnEnd.add(place);
  }
});

test('no question is asked more than three times in a row', () => {
  for (const moment of moments) {
    const { value, context } = moment.call.place;
    const question = Object.keys(value)[0]!;
    expect(context.misses[question]?.times ?? 0, told(moment)).toBeLessThan(ASKED_AT_MOST);
  }
});

test('the third silence in a row, or the third wrong key, leaves every question', async () => {
  const wrongKey = { does: '7', input: { keys: '7', finishedByHash: false }, service: 'works' } as const;
  const asked = new Map<string, Call>();
  for (const { call } of moments)
    if ('listen' in call.rest && !asked.has(placeName(call))) asked.set(placeName(call), call);
  expect(asked.size).toBeGreaterThan(30);
  for (const [place, fresh] of asked)
    for (const miss of [silence, wrongKey]) {
      let call = fresh;
      for (let times = 0; times < ASKED_AT_MOST && placeName(call) === place; times++) call = await take(call, miss);
      expect(placeName(call), `${place} after ${miss.does} three times`).not.toBe(place);
    }
});

test('every line of the catalogue is heard by somebody', () => {
  const spokenOutsideFlows: PromptKey[] = ['troubleOfficer', 'troubleGoodbye', 'weStartAgain'];
  const never = (Object.keys(prompts.id) as PromptKey[]).filter((prompt) => !heard.has(prompt));
  expect(never.filter((prompt) => !spokenOutsideFlows.includes(prompt))).toEqual([]);
});

test('no single line, and no greeting with the main menu, takes longer than 20 seconds', () => {
  for (const { call, steps } of [...moments, ...ends])
    for (const utterance of call.said)
      expect(secondsOf(call, [utterance]), `${utterance.prompt} by ${steps.at(-1)?.does}`).toBeLessThanOrEqual(20);
  expect(secondsOf(moments[0]!.call)).toBeLessThan(20);
});

test('the way that is found for a turn is the one that the flows went', () => {
  // Where two ways lead to the same place by the same words, nobody who was told of the turn can tell them apart.
  const ways = Map.groupBy(turns.values(), ({ walk }) => JSON.stringify(walk));
  for (const [told, alike] of ways)
    expect(
      alike.map(({ went }) => went.join()),
      told,
    ).toContain(foundWay(alike[0]!.walk).join());
});

test('a way is found too for who knows only where a turn began and ended', () => {
  for (const { from, to } of [...turns.values()].map(({ walk }) => walk))
    expect(foundWay({ from, to }), `${from} to ${to}`).not.toEqual([]);
});

test('whatever a caller hears stands with a state on the way, or with what every question may say', () => {
  for (const turn of turns.values())
    for (const { prompt, from } of saidOf(turn))
      expect(from.length > 0 || saidEverywhere.has(prompt), `${prompt} after ${turn.walk.from}`).toBe(true);
});

test('no state is said to say what nobody hears there', () => {
  const said = [...turns.values(), beginning].flatMap(saidOf);
  const heardFrom = new Set(said.flatMap(({ prompt, from }) => from.map((choice) => `${prompt} of ${choice}`)));
  const all = [...choices].flatMap(([choice, alike]) => alike[0]!.lines.map((prompt) => `${prompt} of ${choice}`));
  expect(all.filter((line) => !heardFrom.has(line))).toEqual([]);
});

test('every sentence can be said in every language', () => {
  for (const { call } of [...moments, ...ends])
    for (const utterance of call.said)
      for (const language of Object.keys(prompts) as Language[])
        expect(inWords(utterance, language).text).not.toMatch(/[{}]|undefined|NaN/);
});

test('nobody who has not given proof hears more than whether the membership is active', () => {
  const facts =
    /^(family|careClass|paidThrough|cause|nextStep|nothing|arrears|total|suspended|payBefore|instalments$|virtual|notBilled|reactivate|already)/;
  const told = new Set<PromptKey>();
  for (const { call } of [...moments, ...ends])
    if (call.place.context.session.member === null) for (const { prompt } of call.said) told.add(prompt);
  expect([...told].filter((prompt) => facts.test(prompt))).toEqual([]);
  expect(
    [...heard].filter((prompt) => facts.test(prompt)),
    'while others do hear them',
  ).toContain('virtualAccount');
});
