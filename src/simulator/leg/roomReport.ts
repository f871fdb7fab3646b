import { tell } from '../courier/errand.ts';
import type { Leg } from './leg.ts';
import type { Member, Room } from './room.ts';

/** Who is told how a conference goes on, and of what. */
export type RoomWish = { url: string; method: 'GET' | 'POST'; events: readonly string[] };

/** Everything of a conference that can be asked for; what is not changed by a document never happens on this line. */
export const roomEvents = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement'];

/** Tells whoever asked for it that a conference has begun or is over, and who has ended it. */
export function tellOfRoom(leg: Leg, room: Room, event: 'start' | 'end'): void {
  const by = room.endedBy;
  const reason = by?.ends ? 'participant-with-end-conference-on-exit-left' : 'last-participant-left';
  const end = by && {
    CallSidEndingConference: by.callSid,
    ...(by.label && { ParticipantLabelEndingConference: by.label }),
    ReasonConferenceEnded: reason,
    Reason: `Conference ended: ${reason.replaceAll('-', ' ')}`,
  };
  send(leg, room, event, { StatusCallbackEvent: `conference-${event}`, ...end });
}

/** Tells whoever asked for it that somebody has joined a conference or left it, and why. */
export function tellOfMember(leg: Leg, room: Room, member: Member, event: 'join' | 'leave'): void {
  send(leg, room, event, {
    StatusCallbackEvent: `participant-${event}`,
    CallSid: member.callSid,
    Muted: String(member.isMuted),
    Hold: 'false',
    Coaching: String(member.coaches !== null),
    EndConferenceOnExit: String(member.ends),
    StartConferenceOnEnter: String(member.starts),
    ...(member.label && { ParticipantLabel: member.label }),
    ...(event === 'leave' && {
      ParticipantCallStatus: leg.ending?.status ?? 'in-progress',
      ReasonParticipantLeft: whyLeft(leg, room),
    }),
  });
}

function whyLeft({ ending, away }: Leg, { endedBy }: Room): string {
  if (away?.because === 'another document' || ending?.by === 'application') return 'participant_updated_via_api';
  return endedBy && !ending ? 'moderator_ended_conference' : 'participant_hung_up';
}

function send(leg: Leg, room: Room, event: string, facts: Record<string, string>): void {
  room.told += 1;
  if (!room.wish?.events.includes(event)) return;
  const { url, method } = room.wish;
  const form = {
    ConferenceSid: room.sid,
    FriendlyName: room.name,
    AccountSid: leg.facts.accountSid,
    SequenceNumber: String(room.told),
    Timestamp: new Date(leg.clock.now()).toUTCString().replace('GMT', '+0000'),
    ...facts,
  };
  tell(leg, { url, method, form }, { what: 'conference status callback' });
}
