import type { CallerInput, SpokenTurn } from './turn.ts';

/** A request of the carrier: turn 0 begins the call and has no input. */
export type TurnRequest = { callId: string; caller: string; turn: number; input: CallerInput | null };

/** What a turn did, without a word that anybody said or typed. */
export type TurnReport = { call: string; turn: number; flow: string; from: string | null; to: string; ms: number; repeated: boolean };

/** Answers calls. */
export type Switchboard = {
  answer(request: TurnRequest): Promise<SpokenTurn>;
  hangUp(callId: string): Promise<void>;
};
