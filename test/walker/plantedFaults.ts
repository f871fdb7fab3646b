import type { callflows } from '../../callflows/index.ts';
import type { PromptKey } from '../../prompts/prompts.ts';
import { type SayAction, say, sayInOtherLanguage, sayOneOf, sayWrongKey } from '../../src/call/flow.ts';
import { at, type Draft } from './planted.ts';

/** A fault in a copy of a flow, the property that it breaks, and the shortest keys that show it. */
type Planted = {
  fault: string;
  flow: keyof typeof callflows;
  change: (config: Draft) => void;
  property: string;
  keys: string;
};

/** A sentence that stands in one catalogue only. */
export const untranslated = 'onlyHere' as PromptKey;

/** Changes what a question hears. */
const hears = (state: string, change: (events: Draft) => Draft) => (config: Draft) => {
  const asking = at(config, `states/${state}/states/asking`);
  asking.on = change(asking.on as Draft);
};

/** Has a question say something more. */
const saysAlso = (state: string, speech: SayAction) => (config: Draft) => {
  const asking = at(config, `states/${state}/states/asking`);
  asking.entry = [...(asking.entry as SayAction[]), speech];
};

let times = 0;

/** Twelve ways in which a flow can be wrong. */
export const plantedFaults: readonly Planted[] = [
  {
    fault: 'a key to the wrong place',
    flow: 'mainMenu',
    change: hears('choosing', ({ 'key.4': wrong, ...events }) => ({ ...events, 'key.2': wrong, 'key.4': wrong })),
    property: 'every key leads where recorded callers were led',
    keys: '2',
  },
  {
    fault: 'a missing silence',
    flow: 'information',
    change: hears('choosing', ({ silence: _, ...events }) => events),
    property: 'whatever a caller does is answered',
    keys: '4 · stays quiet',
  },
  {
    fault: 'an officer out of reach',
    flow: 'information',
    change: hears('choosing', (events) => ({ ...events, 'key.0': events['key.9'] })),
    property: 'an officer is within three keys from everywhere, and one key away from every question',
    keys: '4 · 0',
  },
  {
    fault: 'a loop',
    flow: 'information',
    change: hears('choosing', (events) => ({ ...events, 'key.*': { actions: [sayWrongKey], target: '#choosing' } })),
    property: 'nothing goes round for ever',
    keys: '4 · 5 · 5 · 5 · 5 · 5 · 5',
  },
  {
    fault: 'a secret spoken unverified',
    flow: 'information',
    change: saysAlso(
      'offices',
      say('paidThrough', () => ({ month: { month: '2026-08' } })),
    ),
    property: 'no caller hears what is in a record without proof',
    keys: '4 · 2',
  },
  {
    fault: 'a prompt too long',
    flow: 'information',
    change: saysAlso(
      'offices',
      say('chika', () => ({ number: { digits: '0811875040'.repeat(4), groups: [4] } })),
    ),
    property: 'every sentence, and the greeting with its menu, is said within 20 s',
    keys: '4 · 2',
  },
  {
    fault: 'a missing translation',
    flow: 'information',
    change: saysAlso('offices', say(untranslated)),
    property: 'every sentence is there in every language',
    keys: '4 · 2',
  },
  {
    fault: 'a service without a way out',
    flow: 'identify',
    change: (config) => {
      const { onError: _, ...invoke } = at(config, 'states/finding/invoke');
      at(config, 'states/finding').invoke = invoke;
    },
    property: 'a membership service that cannot tell has a way out',
    keys: '1 · 0009999000020# · 1 (members down)',
  },
  {
    fault: 'an unreachable state',
    flow: 'information',
    change: (config) => {
      const states = at(config, 'states');
      states.attic = states.bill;
    },
    property: 'every state is reached',
    keys: 'dials',
  },
  {
    fault: 'a misspelt event',
    flow: 'information',
    change: hears('choosing', ({ silence, ...events }) => ({ ...events, silense: silence })),
    property: 'flows listen only for what can happen',
    keys: '4',
  },
  {
    fault: 'an answer in the wrong language',
    flow: 'information',
    change: saysAlso('offices', sayInOtherLanguage('hospitalOfficer')),
    property: 'callers are answered in the language that they chose',
    keys: '4 · 2',
  },
  {
    fault: 'a turn that changes on repetition',
    flow: 'information',
    change: saysAlso(
      'offices',
      sayOneOf(['offices', 'hospitalOfficer'], () => (times++ % 2 ? 'offices' : 'hospitalOfficer')),
    ),
    property: 'a turn that is repeated is the same',
    keys: '4 · 2',
  },
];
