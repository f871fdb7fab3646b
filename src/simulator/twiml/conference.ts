import type { DialTimes, Outcome } from '../dialling.ts';
import type { Leg } from '../leg.ts';
import type { Room } from '../network.ts';
import { attributes } from './attributes.ts';
import { type Element, textIn } from './element.ts';
import { hold } from './hold.ts';

const mostMembers = 250;
const longestName = 128;

/** What a Conference in a Dial may carry. */
export const conferenceAttributes = [
  ...['muted', 'beep', 'startConferenceOnEnter', 'endConferenceOnExit', 'participantLabel', 'jitterBufferSize'],
  ...['waitUrl', 'waitMethod', 'maxParticipants', 'record', 'region', 'coach', 'trim', 'statusCallback'],
  ...['statusCallbackEvent', 'statusCallbackMethod', 'recordingStatusCallback', 'recordingStatusCallbackMethod'],
  ...['recordingStatusCallbackEvent', 'eventCallbackUrl'],
];

type Rules = ReturnType<typeof readRules>;

function readRules(noun: Element, leg: Leg, documentUrl: string) {
  const read = attributes(noun, leg);
  const bool = { of: ['true', 'false'] } as const;
  const waitUrl = read.text('waitUrl')?.trim();
  const order = read.order(waitUrl ?? '', documentUrl, 13234, {}, 'waitMethod');
  return {
    starts: read.choice('startConferenceOnEnter', { ...bool, otherwise: 'true', code: 13232 }) === 'true',
    ends: read.choice('endConferenceOnExit', { ...bool, otherwise: 'false', code: 13231 }) === 'true',
    most: read.whole('maxParticipants', { least: 2, most: mostMembers, otherwise: mostMembers, code: 12200 }),
    wait: { url: waitUrl ? order.url : null, method: order.method },
  };
}

/** `<Dial><Conference>`: joins a conference, waiting for it to begin, until the caller or the conference ends. */
export async function dialConference(
  noun: Element,
  leg: Leg,
  documentUrl: string,
  { timeLimitMs, hangupOnStar }: DialTimes & { hangupOnStar: boolean },
): Promise<Omit<Outcome, 'callSid'>> {
  const rules = readRules(noun, leg, documentUrl);
  const name = textIn(noun);
  if (name === '' || name.length > longestName) {
    leg.warn(13237, `Conference: Invalid conference name "${name}"`, noun);
    return { status: 'failed', talkedMs: null };
  }
  const { rooms } = leg.network;
  const room = rooms.get(name) ?? { sid: leg.newSid('CF'), members: new Set(), hasBegun: false, isOver: false };
  rooms.set(name, room);
  leg.answer();
  if (room.members.size >= rules.most) {
    leg.warn(12200, `Conference: ${name} is full, ${rules.most} are in it`, noun);
    return { status: 'failed', talkedMs: null };
  }
  const talkedMs = await stay(name, room, leg, rules, { timeLimitMs, hangupOnStar });
  if (room.members.size === 0 && rooms.get(name) === room) rooms.delete(name);
  return { status: 'completed', talkedMs };
}

async function stay(
  name: string,
  room: Room,
  leg: Leg,
  rules: Rules,
  { timeLimitMs, hangupOnStar }: { timeLimitMs: number; hangupOnStar: boolean },
): Promise<number | null> {
  const me = { talks: false, hasLeft: false, talkedMs: null as number | null };
  const isOn = () => room.hasBegun && room.members.size > 1;
  const changed = () => {
    if (me.talks === isOn() && !room.isOver) return;
    if (me.talks) leg.cutShort();
    else leg.callAway({ because: 'somebody takes the call' });
  };
  const until = leg.now() + timeLimitMs;
  const where = `conference ${name}`;
  enter(room, changed, rules.starts);
  while (!leg.ending && leg.away?.because !== 'another document' && !room.isOver && !me.hasLeft && leg.now() < until) {
    leg.comeBack();
    me.talks = isOn();
    if (!me.talks) await waitIn(room, where, leg, rules);
    else me.talkedMs = (me.talkedMs ?? 0) + (await talk(leg, where, until - leg.now(), hangupOnStar, me));
    me.talks = false;
  }
  if (leg.away?.because === 'somebody takes the call') leg.comeBack();
  leaveRoom(room, changed, rules.ends);
  return me.talkedMs;
}

/** Waits with what the application plays meanwhile, in silence where that cannot be had. */
async function waitIn(room: Room, where: string, leg: Leg, { wait }: Rules): Promise<void> {
  const position = () => room.members.size;
  if (!(await hold(leg, { where, ...wait, position }))) await hold(leg, { where, ...wait, url: null, position });
}

async function talk(leg: Leg, where: string, ms: number, hangupOnStar: boolean, me: { hasLeft: boolean }) {
  const from = leg.now();
  if (hangupOnStar)
    leg.ear = (key) => {
      me.hasLeft = key === '*';
      if (me.hasLeft) leg.cutShort();
    };
  await leg.wait(ms, { type: 'connected', with: where });
  leg.ear = null;
  if (!leg.ending) leg.happen({ type: 'disconnected' });
  return leg.now() - from;
}

function enter(room: Room, changed: () => void, begins: boolean): void {
  room.members.add(changed);
  room.hasBegun ||= begins;
  for (const tell of [...room.members]) tell();
}

function leaveRoom(room: Room, changed: () => void, ends: boolean): void {
  room.members.delete(changed);
  room.isOver ||= ends;
  for (const tell of [...room.members]) tell();
}
