import { isFact, isSecret } from '../../../callflows/facts.ts';
import { type Language, type PromptKey, prompts } from '../../../prompts/prompts.ts';
import { placeName } from '../../call/call.ts';
import { otherLanguage } from '../../call/flow.ts';
import type { Utterance } from '../../call/turn.ts';
import { inWords } from '../../call/words.ts';
import { type Found, type Property, turnsWhere } from '../failure.ts';
import type { Outcome, Step } from '../moment.ts';
import type { Walked } from '../walk.ts';

/** Instructions take so long at the most (ETR 096). */
const LONGEST_MS = 20_000;

const languages = Object.keys(prompts) as Language[];
const locales: Record<Language, string> = { id: 'id-ID', en: 'en-US' };

/** The sentence that is always in the language that it offers. */
const offersTheOther: PromptKey = 'otherLanguage';

/** Everything that was heard, dialling included, each with what led to it. */
function outcomes({ first, turns, moments }: Walked): { outcome: Outcome; steps: readonly Step[] }[] {
  const all = turns.map((turn) => ({ outcome: turn, steps: [...moments[turn.from]!.steps, turn.step] }));
  return [{ outcome: first, steps: [] }, ...all];
}

const found = (walked: Walked, wrong: (outcome: Outcome) => string[]): Found[] =>
  outcomes(walked).flatMap(({ outcome, steps }) => wrong(outcome).map((why) => ({ why, steps })));

/** All that was said in a turn, the asking to wait as well. */
const saidIn = ({ after, waits }: Outcome): PromptKey[] => [
  ...waits,
  ...(after?.stored.state.said.map(({ prompt }) => prompt) ?? []),
];

/** What was said in a turn, beside how it was heard. */
function saidAndHeard(outcome: Outcome) {
  const said = saidIn(outcome);
  if (said.length !== outcome.heard.length) return [];
  return said.map((prompt, index) => ({ prompt, heard: outcome.heard[index]! }));
}

const shortEnough: Property = {
  name: 'every sentence, and the greeting with its menu, is said within 20 s',
  failures: (walked) => {
    const greeting = walked.first.heard.reduce((sum, { ms }) => sum + ms, 0);
    const tooLong = found(walked, ({ heard }) =>
      heard.flatMap(({ text, ms }) => (ms > LONGEST_MS ? [`"${text}" takes ${ms / 1_000} s`] : [])),
    );
    return greeting > LONGEST_MS
      ? [{ why: `the greeting takes ${greeting / 1_000} s`, steps: [] }, ...tooLong]
      : tooLong;
  },
};

const validTwiml: Property = {
  name: 'every document is valid TwiML, without warnings',
  failures: (walked) => found(walked, ({ warnings }) => [...warnings]),
};

/** Why an utterance cannot be said in a language; null where it can. */
function unsayable(utterance: Utterance, language: Language): string | null {
  try {
    const { text } = inWords({ ...utterance, language }, language);
    return /[{}]|undefined|NaN/.test(text) ? `"${text}"` : null;
  } catch {
    return 'it cannot be said';
  }
}

const inBothLanguages: Property = {
  name: 'every sentence is there in every language',
  failures: (walked) =>
    found(walked, ({ after, troubles }) =>
      troubles.length > 0
        ? []
        : (after?.stored.state.said ?? []).flatMap((utterance) =>
            languages.flatMap((language) => {
              const why = unsayable(utterance, language);
              return why === null ? [] : [`${utterance.prompt} in ${language}: ${why}`];
            }),
          ),
    ),
};

/** A message with words in a row, which no two languages share. */
const hasWords = /\p{L} \p{L}/u;

const rightLanguage: Property = {
  name: 'callers are answered in the language that they chose',
  failures: (walked) =>
    found(walked, (outcome) =>
      saidAndHeard(outcome).flatMap(({ prompt, heard: { language, text } }) => {
        const chosen = outcome.after!.stored.state.place.context.session.language;
        const expected = locales[prompt === offersTheOther ? otherLanguage(chosen) : chosen];
        const isOfOther = prompts.id[prompt] === prompts.en[prompt] && hasWords.test(prompts.id[prompt]);
        return language === expected && !isOfOther
          ? []
          : [`"${text}" is said as ${language} where ${chosen} was chosen`];
      }),
    ),
};

const nothingUnproved: Property = {
  name: 'no caller hears what is in a record without proof',
  failures: turnsWhere(({ after, step }) => {
    if (!after || step.act.does === 'hangs up') return null;
    const { state } = after.stored;
    const secret = state.place.context.session.member === null && state.said.find((one) => isSecret(one, state));
    return secret ? `${secret.prompt} at ${placeName(state)}` : null;
  }),
};

const everybodyElse: Property = {
  name: 'who gives proof does hear the record',
  failures: ({ turns }) =>
    turns.some(({ after }) => after?.stored.state.said.some(isFact)) ? [] : [{ why: 'nobody heard a fact', steps: [] }],
};

/**
 * Heard when the server itself is in trouble, which its own tests show; and in recorded calls where an operator has it
 * said, and where two answers in a row are slow.
 */
const elsewhere = new Set<string>([
  ...['troubleOfficer', 'troubleGoodbye', 'weStartAgain'],
  ...['writeOffAnnounced', 'stillWorking'],
]);

const everySentenceHeard: Property = {
  name: 'every sentence of the catalogue is heard by somebody',
  failures(walked) {
    const heard = new Set(outcomes(walked).flatMap(({ outcome }) => saidIn(outcome)));
    const never = (Object.keys(prompts.id) as PromptKey[]).filter(
      (prompt) => !heard.has(prompt) && !elsewhere.has(prompt),
    );
    return never.map((prompt) => ({ why: `nobody hears ${prompt}`, steps: [] }));
  },
};

/** What must be true of the words that callers hear. */
export const ofWords: readonly Property[] = [
  validTwiml,
  shortEnough,
  inBothLanguages,
  rightLanguage,
  nothingUnproved,
  everybodyElse,
  everySentenceHeard,
];
