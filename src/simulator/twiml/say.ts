import type { Leg } from '../leg/leg.ts';
import { speechTime } from '../sound/speechTime.ts';
import { attributes } from './attributes.ts';
import type { Element } from './element.ts';
import { languageTag } from './language.ts';
import { speech } from './speech.ts';
import { ssml } from './ssml.ts';
import type { Verb } from './verb.ts';

const longestText = 5_000;
const usualVoice = 'man';
/** The carrier's own voices, and those of its providers by their names. */
const voices = /^(man|woman|alice|[A-Za-z]+[.-][\w.-]+)$/i;
/** What `loop="0"` comes to: the carrier repeats so often at most. */
export const endlessLoop = 1_000;

/** `<Say>`: the line speaks a text, which takes the time that speaking it takes. */
export const say: Verb = {
  attributes: ['voice', 'language', 'loop'],
  nests: Object.keys(ssml),
  nouns: ssml,
  async perform(element, leg) {
    const read = attributes(element, leg);
    const loops = read.whole('loop', { least: 0, otherwise: 1, code: 13510 }) || endlessLoop;
    const voice = read.like('voice', { form: voices, otherwise: usualVoice, code: 13511 });
    const language = read.like('language', { form: languageTag, otherwise: languageOf(voice), code: 13512 });
    const { text, breaksMs } = speakable(element, leg);
    leg.answer();
    if (text === '' && breaksMs === 0) return 'on';
    const ms = speechTime(text, leg.wordsPerMinute) + breaksMs;
    for (let loop = 0; loop < Math.min(loops, endlessLoop) && !leg.isGone; loop++) {
      if (!(await leg.wait(ms, { type: 'says', text, language, voice, ms }))) break;
    }
    return 'on';
  },
};

function speakable(element: Element, leg: Leg): { text: string; breaksMs: number } {
  const spoken = speech(element);
  if (spoken.text === '' && spoken.breaksMs === 0) leg.warn(13520, 'Say: Invalid text, there is none', element);
  if (spoken.text.length <= longestText) return spoken;
  leg.warn(13521, `Say: Invalid text, over ${longestText} characters; the rest is not said`, element);
  return { ...spoken, text: spoken.text.slice(0, longestText) };
}

/** Most voices carry their language in their name, as `Google.id-ID-Wavenet-A` does. */
function languageOf(voice: string): string {
  return /\b[a-z]{2,3}-[A-Z]{2}\b/.exec(voice)?.[0] ?? 'en-US';
}
