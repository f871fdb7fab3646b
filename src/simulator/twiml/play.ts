import { shownUrl } from '../courier/shownUrl.ts';
import type { Leg } from '../leg/leg.ts';
import { playingTime } from '../sound/soundLength.ts';
import { absolute, attributes } from './attributes.ts';
import { type Element, textIn } from './element.ts';
import { endlessLoop } from './say.ts';
import { areTones, tonesTime } from './tones.ts';
import type { Verb } from './verb.ts';

/** `<Play>`: the line plays a recording, or keypad tones when `digits` names them. */
export const play: Verb = {
  attributes: ['loop', 'digits'],
  nests: [],
  async perform(element, leg, documentUrl) {
    const read = attributes(element, leg);
    const loops = read.whole('loop', { least: 0, otherwise: 1, code: 13410 }) || endlessLoop;
    leg.answer();
    const sound = await soundOf(element, leg, documentUrl);
    if (!sound) return 'on';
    for (let loop = 0; loop < Math.min(loops, endlessLoop) && !leg.isGone; loop++) {
      if (!(await leg.wait(sound.ms, { type: 'plays', ...sound }))) break;
    }
    return 'on';
  },
};

type Sound = { what: string; ms: number };

async function soundOf(element: Element, leg: Leg, documentUrl: string): Promise<Sound | null> {
  const digits = element.attributes.digits;
  if (digits !== undefined) return tones(digits, element, leg);
  if (textIn(element) === '') {
    leg.warn(11100, 'Play: there is neither an address nor digits', element);
    return null;
  }
  const cuts = leg.cuts;
  const url = absolute(textIn(element), documentUrl);
  leg.happen({ type: 'requests', method: 'GET', url });
  const order = { url, method: 'GET' as const, form: {} };
  const fetched = await leg.clock.standStill(() => leg.courier.send(order));
  if (leg.cuts !== cuts) return null;
  if ('code' in fetched) {
    leg.warn(fetched.code, `Play: ${fetched.why}`, element);
    return null;
  }
  const type = fetched.reply.headers['content-type'] ?? 'no content type';
  const ms = playingTime(type, fetched.reply.body);
  if (ms !== null) return { what: url, ms };
  leg.warn(13420, `Play: Invalid Content-Type ${type} of ${shownUrl(url)}, or no sound of that kind`, element);
  return null;
}

function tones(digits: string, element: Element, leg: Leg): Sound | null {
  if (areTones(digits)) return { what: digits, ms: tonesTime(digits) };
  leg.warn(13430, `Play: Invalid digits value "${digits}"`, element);
  return null;
}
