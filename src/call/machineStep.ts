import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
} from 'xstate';

/** Where a machine stands after a step, and the actions that it named on the way, as data and in their order. */
export type MachineStep = [snapshot: AnyMachineSnapshot, effects: { type: string; params?: unknown }[]];

/** A machine begins. Nothing that it names is executed. */
export const firstStep = (machine: AnyStateMachine, input: unknown): MachineStep =>
  stepping(machine, (scope) => machine.getInitialSnapshot(scope, input));

/** A machine goes on with an event. Nothing that it names is executed. */
export const nextStep = (machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: EventObject): MachineStep =>
  stepping(machine, (scope) => machine.transition(snapshot, event, scope));

function stepping(machine: AnyStateMachine, take: (scope: AnyActorScope) => AnyMachineSnapshot): MachineStep {
  const effects: MachineStep[1] = [];
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
