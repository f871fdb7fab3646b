import { type Dice, diceOf } from '../membership/dice.ts';
import { type Clock, virtualClock } from '../simulator/clock.ts';
import { arrivals, type Stream } from './arrivals.ts';
import { makeCall, type Plan, type World } from './makeCall.ts';
import { personas } from './personas/index.ts';
import type { Persona } from './personas/persona.ts';
import { punctualClock, wallTime } from './punctualClock.ts';
import type { Tally } from './tally.ts';
import type { Wire } from './wire.ts';

/** A load test: how callers arrive, on which clock they live, whom they call, and who is told of it. */
export type Load = {
  stream: Stream;
  /** Calls live on clocks of their own and follow each other as fast as they can; the rate does not matter. */
  isVirtual: boolean;
  world: World;
  tally: Pick<Tally, 'answered' | 'over'>;
  wire(dice: Dice): Wire;
  /** Told after every call. */
  onCall(): void;
  /** Which personas call; all of them without it. */
  only?: readonly Persona[];
};

/** On the virtual clock so many calls go on at once: enough to keep both the line and the server busy. */
const AT_ONCE = 32;

/** The dice of a call fall otherwise than those of the next one. */
const SEEDS_APART = 7_919;

/** Makes all calls of a load test, and resolves when the last one is over. */
export const run = (load: Load): Promise<void> => (load.isVirtual ? runVirtually(load) : runByTheClock(load));

async function runVirtually(load: Load): Promise<void> {
  let next = 0;
  const hand = async () => {
    while (next < load.stream.calls) {
      const nth = next++;
      const wire = load.wire(diceOf(load.stream.seed + nth));
      const base = virtualClock();
      const clock: Clock = { ...base, standStill: (work) => base.standStill(() => wire.around(work)) };
      await call(load, nth, clock, wire, (ms) => ms);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, load.stream.calls) }, hand));
}

async function runByTheClock(load: Load): Promise<void> {
  const beginsAt = wallTime();
  const calls: Promise<void>[] = [];
  for (const [nth, afterMs] of arrivals(load.stream).entries()) {
    const due = beginsAt + afterMs;
    const waitsMs = due - wallTime();
    if (waitsMs > 0) await new Promise((resolve) => setTimeout(resolve, waitsMs));
    const wire = load.wire(diceOf(load.stream.seed + nth));
    const clock = punctualClock(due, wire.around);
    calls.push(call(load, nth, clock, wire, () => wallTime() - clock.now()));
  }
  await Promise.all(calls);
}

/** Makes one call; `late` says how long after its time an answer came that took so many milliseconds. */
async function call(load: Load, nth: number, clock: Clock, wire: Wire, late: (ms: number) => number): Promise<void> {
  const { world, tally } = load;
  const plan: Plan = {
    ...whoCalls(load, nth),
    clock,
    onExchange(exchange) {
      wire.onExchange(exchange);
      if (exchange.url !== world.target.statusUrl) tally.answered(late(exchange.ms));
    },
  };
  const result = await makeCall(plan, world);
  tally.over({ ...result, findings: [...result.findings, ...wire.findings] });
  load.onCall();
}

function whoCalls({ stream, world, only = personas }: Load, nth: number) {
  const { first = 0 } = stream;
  const seed = stream.seed * SEEDS_APART + nth;
  const dice = diceOf(seed);
  const persona = dice.weighed(only.map((one) => [one.share, one] as const));
  const { telephonesPerThousand: few } = persona;
  const telephones = few === undefined ? stream.calls : Math.ceil((stream.calls * few) / 1_000);
  const line = first + (few === undefined ? nth : dice.between(0, telephones - 1));
  const from = `+628${few === undefined ? '12' : '99'}${String(line).padStart(8, '0')}`;
  const { all } = world.people;
  const member = all[(first + nth) % (all.length - world.victims.length)]!;
  return { persona, name: `load ${first} ${seed}`, dice, from, member };
}
