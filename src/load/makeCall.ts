import type { Dice } from '../membership/dice.ts';
import { after, type Clock } from '../simulator/clock.ts';
import type { Exchange } from '../simulator/courier/courier.ts';
import { dial, type Phone } from '../simulator/phone.ts';
import type { CalleeAnswer } from '../simulator/telephone.ts';
import { callerOn } from './caller.ts';
import { type Doings, nothingDone } from './doings.ts';
import { type Ear, ear } from './ear.ts';
import type { Guesses } from './guesses.ts';
import type { Finding } from './judgement.ts';
import { masked } from './mask.ts';
import type { People, Person } from './people.ts';
import type { Persona } from './personas/persona.ts';

/** The hotline that is called: where, and with which token requests are signed. */
export type Target = { url: string; authToken: string; statusUrl: string };

/** What every call of a load test shares. */
export type World = {
  target: Target;
  people: People;
  victims: readonly Person[];
  today: string;
  guesses: Guesses;
  /** Whether members may be out of reach. */
  trouble: boolean;
};

/** One call that shall be made: by whom, from which telephone, on which clock. */
export type Plan = {
  persona: Persona;
  member: Person;
  from: string;
  /** What the identifiers of the call are invented from. */
  name: string;
  dice: Dice;
  clock: Clock;
  onExchange(exchange: Exchange): void;
};

/** How a call went. Who hung up without an officer was helped by the machine alone: the call was contained. */
export type CallResult = {
  persona: string;
  outcome: 'contained' | 'officer' | 'noOfficer';
  findings: readonly Finding[];
  /** The call as it was heard, without anybody's numbers; empty where nothing was wrong. */
  transcript: readonly string[];
  firstFactMs: number | null;
  wasTroubled: boolean;
  /** A key came when nothing listened, as between two questions where an answer takes long: the caller may have given up. */
  lostKeys: boolean;
};

/** Nobody's patience lasts longer; the slowest call of a load test takes half of it. */
const LONGEST_CALL_MS = 15 * 60_000;

/** Makes one call from dialling to its end, and tells what its caller heard. */
export async function makeCall(plan: Plan, world: World): Promise<CallResult> {
  const { persona, clock, from, name, dice, onExchange } = plan;
  const doings = nothingDone(world.people.withNumber);
  const listening = earOf(doings, plan, world);
  const phone = await dial(world.target.url, {
    ...{ authToken: world.target.authToken, statusUrl: world.target.statusUrl, clock, from, onExchange },
    ...{ otherEnd: officer(dice), seed: name },
    ...(persona.keyGapMs !== undefined && { keyGapMs: persona.keyGapMs }),
  });
  for (const event of phone.telephone.events) listening.hear(event);
  phone.telephone.onEvent(listening.hear);
  const caller = callerOn({ phone, clock, ear: listening, dice, member: plan.member, victims: world.victims });
  const callOff = after(clock, LONGEST_CALL_MS, () => phone.telephone.hangUp());
  const broken = await persona.goes(caller).catch((error: Error) => error);
  await goodbye(phone);
  callOff();
  return resultOf(persona, phone, listening, broken ?? null);
}

/** Who shares a telephone may be stopped by what others do at this very moment; everybody else, by their own failures. */
function earOf(doings: Doings, { from, persona }: Plan, { today, guesses, trouble }: World): Ear {
  const isSharing = persona.telephonesPerThousand !== undefined;
  return ear(doings, today, {
    trouble,
    isSpent: (number) => isSharing || guesses.isSpent(from, number),
    failed: () => guesses.failed(from, doings.typed),
  });
}

/** Seven officers of ten pick up. */
function officer(dice: Dice): CalleeAnswer {
  return dice.weighed<CalleeAnswer>([
    [7, { answers: true, talksForMs: 5_000, afterMs: 2_000 }],
    [2, { answers: false, because: 'busy' }],
    [1, { answers: false, because: 'no-answer' }],
  ]);
}

async function goodbye(phone: Phone): Promise<void> {
  await phone.waitUntilSilence();
  if (!phone.isOver) await phone.hangUp('at once');
  await phone.telephone.ended;
}

function resultOf(persona: Persona, phone: Phone, heard: Ear, broken: Error | null): CallResult {
  const { findings } = heard;
  const { events } = phone.telephone;
  const lostKeys = events.some((event) => event.type === 'key' && !event.heard);
  const endless = (events.at(-1)?.at ?? 0) >= LONGEST_CALL_MS ? 'the call led nowhere, again and again' : null;
  const isWrong = findings.length > 0 || endless !== null || (broken !== null && !heard.wasTroubled && !lostKeys);
  const stuck = endless ?? (broken && masked(broken.message.split(', but')[0]!));
  const unheard: Finding[] = isWrong && stuck ? [{ kind: 'wrong', what: stuck }] : [];
  const rang = events.some(({ type }) => type === 'dials');
  return {
    persona: persona.name,
    outcome: events.some(({ type }) => type === 'dialAnswered') ? 'officer' : rang ? 'noOfficer' : 'contained',
    findings: [...findings, ...unheard],
    transcript: isWrong ? phone.transcript.map(masked) : [],
    firstFactMs: heard.firstFactMs,
    wasTroubled: heard.wasTroubled,
    lostKeys,
  };
}
