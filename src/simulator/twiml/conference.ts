import { after } from '../clock.ts';
import type { DialTerms, Meeting } from '../leg/dialling.ts';
import type { Leg } from '../leg/leg.ts';
import { join, newRoom, part, type Room } from '../leg/room.ts';
import { type ConferenceRules, conferenceRules } from './conferenceRules.ts';
import { type Element, textIn } from './element.ts';
import { hold, noticeVerbs } from './hold.ts';
import { recorder } from './recording.ts';

const longestName = 128;

/** `<Dial><Conference>`: joins a conference, waiting for it to begin, until the caller or the conference ends. */
export async function dialConference(noun: Element, leg: Leg, documentUrl: string, terms: DialTerms): Promise<Meeting> {
  const rules = conferenceRules(noun, leg, documentUrl);
  const name = textIn(noun);
  const room = leg.network.rooms.get(name) ?? newRoom(name, leg.newSid('CF'), rules.wish);
  leg.answer();
  const refusal = whyNot(room, rules);
  if (refusal) {
    leg.warn(refusal.code, `Conference: ${refusal.why}`, noun);
    return { status: 'failed', talkedMs: null, callSid: null };
  }
  if (rules.isRecorded && room.begunAt === null) {
    const about = { ConferenceSid: room.sid };
    room.recorder ??= recorder(noun, documentUrl, { source: 'Conference', about });
  }
  return stay(room, leg, rules, terms);
}

function whyNot({ name, members, begunAt }: Room, { member, most }: ConferenceRules) {
  const present = [...members.keys()];
  if (name === '' || name.length > longestName) return { code: 13237, why: `Invalid conference name "${name}"` };
  if (present.length >= most) return { code: 16020, why: `${name} is full, ${present.length} are in it` };
  if (member.label && present.some(({ label }) => label === member.label))
    return { code: 16025, why: `somebody called "${member.label}" is in ${name} already` };
  const isThere = begunAt !== null && present.some(({ callSid }) => callSid === member.coaches);
  if (member.coaches && !isThere)
    return { code: 13240, why: `nobody to coach in ${name} by the SID "${member.coaches}"` };
  return null;
}

async function stay(
  room: Room,
  leg: Leg,
  { member, wait }: ConferenceRules,
  { timeLimitMs, hangupOnStar }: DialTerms,
): Promise<Meeting> {
  const until = leg.now() + timeLimitMs;
  let goOn = () => leg.callAway({ because: 'somebody takes the call' });
  const callOff = after(leg.clock, timeLimitMs, () => goOn());
  join(room, leg, member, () => goOn());
  const couldWait = room.begunAt !== null || (await waitIn(room, leg, wait));
  callOff();
  if (leg.away?.because === 'somebody takes the call') leg.comeBack();
  goOn = leg.cutShort;
  const mayTalk = couldWait && room.begunAt !== null && room.endedBy === null && !leg.isGone;
  const talkedMs = mayTalk ? await talk(leg, `conference ${room.name}`, until - leg.now(), hangupOnStar) : null;
  await part(room, leg, member);
  return { status: couldWait ? 'answered' : 'failed', talkedMs, callSid: null };
}

/** Waits with what the application plays until the conference begins or is over; false when that cannot be had. */
function waitIn({ name, members }: Room, leg: Leg, wait: ConferenceRules['wait']): Promise<boolean> {
  return hold(leg, {
    ...wait,
    where: `conference ${name}`,
    verbs: noticeVerbs,
    misplacedCode: 13238,
    playedOnce: true,
    position: () => members.size,
  });
}

async function talk(leg: Leg, where: string, ms: number, hangupOnStar: boolean): Promise<number> {
  const from = leg.now();
  if (hangupOnStar) leg.ear = (key) => key === '*' && leg.cutShort();
  await leg.wait(ms, { type: 'connected', with: where });
  leg.ear = null;
  if (!leg.ending) leg.happen({ type: 'disconnected' });
  return leg.now() - from;
}
