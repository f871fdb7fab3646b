import { webAddress } from '../courier/courier.ts';
import { shownUrl } from '../courier/shownUrl.ts';
import type { Leg } from '../leg/leg.ts';
import type { Member } from '../leg/room.ts';
import { type RoomWish, roomEvents } from '../leg/roomReport.ts';
import { attributes } from './attributes.ts';
import type { Element } from './element.ts';

const mostMembers = 250;
const longestLabel = 128;
/** The carrier's code for whatever has none of its own. */
const unfit = 16002;

/** What a Conference in a Dial may carry. */
export const conferenceAttributes = [
  ...['muted', 'beep', 'startConferenceOnEnter', 'endConferenceOnExit', 'participantLabel', 'jitterBufferSize'],
  ...['waitUrl', 'waitMethod', 'maxParticipants', 'record', 'region', 'coach', 'trim', 'statusCallback'],
  ...['statusCallbackEvent', 'statusCallbackMethod', 'recordingStatusCallback', 'recordingStatusCallbackMethod'],
  ...['recordingStatusCallbackEvent', 'recordingConfigurationId', 'eventCallbackUrl'],
];

/** How somebody joins a conference, as their document says it. */
export type ConferenceRules = {
  member: Member;
  most: number;
  /** What is played until it begins; null is silence. */
  wait: { url: string | null; method: 'GET' | 'POST' };
  wish: RoomWish | null;
  isRecorded: boolean;
};

/** The attributes of a Conference, each wrong value warned about with the carrier's code. */
export function conferenceRules(noun: Element, leg: Leg, documentUrl: string): ConferenceRules {
  const read = attributes(noun, leg);
  const starts = read.choice('startConferenceOnEnter', { of: ['true', 'false'], otherwise: 'true', code: 13232 });
  const member: Member = {
    callSid: leg.facts.callSid,
    label: labelIn(noun, leg),
    isMuted: read.flag('muted', 13230),
    starts: starts === 'true',
    ends: read.flag('endConferenceOnExit', 13231),
    coaches: read.text('coach')?.trim() || null,
  };
  const most = read.whole('maxParticipants', { least: 1, most: mostMembers, otherwise: mostMembers, code: unfit });
  const recorded = ['do-not-record', 'record-from-start', 'true', 'false'] as const;
  const record = read.choice('record', { of: recorded, otherwise: 'do-not-record', code: unfit });
  if (read.text('eventCallbackUrl')) leg.warn(12200, 'Conference: eventCallbackUrl is not simulated', noun);
  for (const [name, of, code] of onlyChecked) read.choice(name, { of, otherwise: of[0]!, code });
  const isRecorded = record === 'record-from-start' || record === 'true';
  return { member, most, wait: waitIn(noun, leg, documentUrl), wish: wishIn(noun, leg, documentUrl), isRecorded };
}

/** What changes nothing that a caller of this line could notice. */
const onlyChecked: [name: string, of: readonly string[], code: number][] = [
  ['beep', ['true', 'false', 'onEnter', 'onExit'], 13235],
  ['trim', ['trim-silence', 'do-not-trim'], 13239],
  ['jitterBufferSize', ['large', 'medium', 'small', 'off'], unfit],
  ['region', ['us1', 'ie1', 'de1', 'sg1', 'br1', 'au1', 'jp1'], unfit],
];

function waitIn(noun: Element, leg: Leg, documentUrl: string): ConferenceRules['wait'] {
  const address = noun.attributes.waitUrl?.trim();
  const { url, method } = attributes(noun, leg).order(address ?? '', documentUrl, 13234, {}, 'waitMethod');
  if (!address) return { url: null, method };
  if (webAddress(url)) return { url, method };
  leg.warn(13233, `Conference: Invalid waitUrl value "${shownUrl(address)}"`, noun);
  return { url: null, method };
}

function labelIn(noun: Element, leg: Leg): string | null {
  const label = noun.attributes.participantLabel;
  if (!label) return null;
  if (label.length <= longestLabel && !/\/|%2F|^CA[0-9a-f]{32}$/i.test(label)) return label;
  leg.warn(16023, `Conference: Invalid participantLabel value "${label}"`, noun);
  return null;
}

function wishIn(noun: Element, leg: Leg, documentUrl: string): RoomWish | null {
  const address = noun.attributes.statusCallback?.trim();
  if (!address) return null;
  const read = attributes(noun, leg);
  const wanted = (read.text('statusCallbackEvent') ?? '').trim().split(/\s+/).filter(Boolean);
  const events = wanted.filter((event) => roomEvents.includes(event));
  if (events.length < wanted.length)
    leg.warn(unfit, `Conference: Invalid statusCallbackEvent value "${wanted.join(' ')}"`, noun);
  const { url, method } = read.order(address, documentUrl, unfit, {}, 'statusCallbackMethod');
  return { url, method, events };
}
