import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
} from 'xstate';
import type { FlowContext } from './flow.ts';
import type { Session } from './session.ts';

/** Where a machine stands after a step, and the actions that it named on the way, as data and in their order. */
export type MachineStep = [snapshot: AnyMachineSnapshot, effects: readonly { type: string; params?: unknown }[]];

/** A machine begins. Nothing that it names is executed. */
export const firstStep = (machine: AnyStateMachine, input: Session): MachineStep =>
  takenOnce(input, machine, () => stepping(machine, (scope) => machine.getInitialSnapshot(scope, input)));

/** A machine goes on with an event. Nothing that it names is executed. */
export const nextStep = (machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: EventObject): MachineStep => {
  const take = () => stepping(machine, (scope) => machine.transition(snapshot, event, scope));
  const isPlain = Object.keys(event).length === 1;
  return isPlain ? takenOnce(snapshot, event.type, take) : take();
};

/**
 * Steps from where many callers stand: a machine is a pure function, and most callers begin alike and press the same
 * keys. From where something personal is known, and by what a caller typed, none is kept.
 */
const kept = new WeakMap<object, Map<unknown, MachineStep>>();

/** More steps than callers take before they say who they are; who wanders about for longer finds the rest not kept. */
const MOST_KEPT = 2_000;
let count = 0;

/** Says that many calls begin with this very session. From now on nobody can change it. */
export function sharedByAll(session: Session): Session {
  share(session);
  return session;
}

function share(thing: object): void {
  if (!kept.has(thing)) kept.set(Object.freeze(thing), new Map());
}

/** A step that leads from what is shared to what is shared, so that it is taken once for all. */
function takenOnce(from: object, by: unknown, take: () => MachineStep): MachineStep {
  const steps = kept.get(from);
  const known = steps?.get(by);
  if (known || !steps || count >= MOST_KEPT) return known ?? take();
  const step = take();
  const [snapshot] = step;
  const context = snapshot.context as FlowContext;
  for (const thing of [snapshot, context.session]) share(thing);
  Object.freeze(context);
  steps.set(by, step);
  count += 1;
  return step;
}

function stepping(machine: AnyStateMachine, take: (scope: AnyActorScope) => AnyMachineSnapshot): MachineStep {
  const effects: { type: string; params?: unknown }[] = [];
  const snapshot = take({ ...scopeOf(machine), actionExecutor: (action) => effects.push(action) });
  return [snapshot, effects];
}

const scopes = new WeakMap<AnyStateMachine, AnyActorScope>();

/**
 * The place in which a machine takes its steps, where nothing is ever started. XState's own `transition()` makes a new
 * one for each step, and an actor with it that begins the machine once more: that is half of what a step costs.
 */
function scopeOf(machine: AnyStateMachine): AnyActorScope {
  const known = scopes.get(machine);
  if (known) return known;
  const self = createActor(machine);
  const nothing = () => {};
  const scope: AnyActorScope = {
    ...{ self, system: self.system, id: '', sessionId: '' },
    ...{ logger: nothing, defer: nothing, emit: nothing, stopChild: nothing, actionExecutor: nothing },
  };
  scopes.set(machine, scope);
  return scope;
}
