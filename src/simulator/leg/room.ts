import type { Recorder } from '../twiml/recording.ts';
import type { Leg } from './leg.ts';
import { type RoomWish, tellOfMember, tellOfRoom } from './roomReport.ts';

/** Somebody in a conference: what their document says of them. */
export type Member = {
  callSid: string;
  label: string | null;
  isMuted: boolean;
  /** The conference may begin when they are there. */
  starts: boolean;
  /** The conference is over when they leave. */
  ends: boolean;
  /** Whose ear they speak into, where only one is to hear them. */
  coaches: string | null;
};

/** A conference: it begins with the second who is there, and is over when somebody ends it or all have left. */
export type Room = {
  readonly name: string;
  readonly sid: string;
  /** Everybody in it, and how to tell them that it has begun or is over. */
  readonly members: Map<Member, () => void>;
  /** Who is told of what: as the first to join wants it. */
  readonly wish: RoomWish | null;
  /** How many messages about it there have been. */
  told: number;
  begunAt: number | null;
  /** With whose leaving it was over: the last one's, or that of who ends it. */
  endedBy: Member | null;
  /** Where somebody who joined before it began wants it recorded. */
  recorder: Recorder | null;
};

/** A conference in which nobody is yet, as the first to join wants it. */
export function newRoom(name: string, sid: string, wish: RoomWish | null): Room {
  return { name, sid, wish, members: new Map(), told: 0, begunAt: null, endedBy: null, recorder: null };
}

/** Somebody joins; the others are told when it begins with that. */
export function join(room: Room, leg: Leg, member: Member, changed: () => void): void {
  leg.network.rooms.set(room.name, room);
  const others = [...room.members.values()];
  room.members.set(member, changed);
  tellOfMember(leg, room, member, 'join');
  const mayBegin = room.members.size > 1 && [...room.members.keys()].some(({ starts }) => starts);
  if (room.begunAt !== null || !mayBegin) return;
  room.begunAt = leg.clock.now();
  tellOfRoom(leg, room, 'start');
  room.recorder?.begin(leg);
  for (const tell of others) tell();
}

/** Somebody leaves; one who ends it sends the others away, and with the last of them it is over. */
export async function part(room: Room, leg: Leg, member: Member): Promise<void> {
  room.members.delete(member);
  tellOfMember(leg, room, member, 'leave');
  const isLast = room.members.size === 0;
  if (room.endedBy === null && (isLast || member.ends)) {
    room.endedBy = member;
    leg.network.rooms.delete(room.name);
    for (const tell of [...room.members.values()]) tell();
  }
  if (!isLast) return;
  tellOfRoom(leg, room, 'end');
  if (room.begunAt !== null) await room.recorder?.keep(leg, leg.clock.now() - room.begunAt);
}
