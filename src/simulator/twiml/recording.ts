import { tell } from '../courier/errand.ts';
import { shownUrl } from '../courier/shownUrl.ts';
import type { Leg } from '../leg/leg.ts';
import type { Stretch } from '../sound/wav.ts';
import { attributes } from './attributes.ts';
import type { Element } from './element.ts';

/** A recording that has been made, as an action is told of it. */
export type Made = { RecordingUrl: string; RecordingSid: string; RecordingDuration: string };

/** What a recording is made of: which verb, how many sides of the talk apart, and where it is not the call, what else. */
type Source = { source: string; channels?: 1 | 2; about?: Record<string, string> };

/** Who records a talk: told when it begins, and how long it was. */
export type Recorder = { begin(leg: Leg): void; keep(leg: Leg, ms: number): Promise<Made> };

/** Records a talk as this element wants it. */
export function recorder(element: Element, documentUrl: string, source: Source): Recorder {
  return {
    begin: (leg) => report(element, leg, documentUrl, 'in-progress', {}, source.about),
    keep: (leg, ms) => keepRecording(element, leg, documentUrl, { ...source, stretches: [{ ms, spoken: true }] }),
  };
}

/** Keeps a recording where the application can fetch it, and tells whoever the element names. */
export async function keepRecording(
  element: Element,
  leg: Leg,
  documentUrl: string,
  { stretches, source, about, channels = 1 }: Source & { stretches: readonly Stretch[] },
): Promise<Made> {
  const { accountSid } = leg.facts;
  const sid = leg.newSid('RE');
  const ms = stretches.reduce((sum, stretch) => sum + stretch.ms, 0);
  const seconds = String(Math.max(ms > 0 ? 1 : 0, Math.round(ms / 1_000)));
  const keptAt = new Date(leg.clock.now());
  const begunAt = new Date(keptAt.getTime() - ms);
  const sounds = { stretches, channels, sound: leg.recordedVoice, seconds, begunAt, keptAt };
  const origin = { sid, accountSid, source, about: about ?? { CallSid: leg.facts.callSid }, warn: leg.warn };
  const url = await leg.clock.standStill(() => leg.network.recordings.keep({ ...origin, ...sounds }));
  const made = { RecordingUrl: url, RecordingSid: sid, RecordingDuration: seconds };
  const begun = begunAt.toUTCString().replace('GMT', '+0000');
  const facts = { RecordingChannels: String(channels), RecordingSource: source, RecordingStartTime: begun };
  report(element, leg, documentUrl, 'completed', { ...made, ...facts }, about);
  return made;
}

const events = ['in-progress', 'completed', 'absent'];
const usualEvent = 'completed';

/** Tells the application how it stands with a recording, of the call or `about` something else, where it asked for that. */
export function report(
  element: Element,
  leg: Leg,
  documentUrl: string,
  status: 'in-progress' | 'completed' | 'absent',
  facts: Record<string, string> = {},
  about: Record<string, string> = { CallSid: leg.facts.callSid },
): void {
  const url = element.attributes.recordingStatusCallback?.trim();
  if (!url) return;
  const read = attributes(element, leg);
  const named = (read.text('recordingStatusCallbackEvent') ?? usualEvent).trim().split(/\s+/);
  const wanted = named.filter((event) => events.includes(event));
  // Told once, at the end of the recording.
  if (status !== 'in-progress' && wanted.length < named.length)
    leg.warn(13621, `${element.name}: Invalid recordingStatusCallbackEvent value "${named.join(' ')}"`, element);
  if (!wanted.concat(wanted.length === 0 ? usualEvent : []).includes(status)) return;
  const form = { AccountSid: leg.facts.accountSid, ...about, RecordingStatus: status, ...facts };
  const order = read.order(url, documentUrl, 12200, form, 'recordingStatusCallbackMethod');
  if (/^https?:/.test(order.url)) tell(leg, order, { what: 'recording status callback' });
  else leg.warn(13256, `${element.name}: Invalid recordingStatusCallback URL "${shownUrl(order.url)}"`, element);
}
