import type { ShownCall } from '../talk.ts';

const MOST_CALLS = 200;
const lastChange = ({ endedAt, steps }: ShownCall) => endedAt ?? steps.at(-1)?.at ?? 0;
/** A long call loses steps from its middle, so they are not counted: what is over, or was told later, is further. */
const isFurther = (one: ShownCall, other: ShownCall) =>
  one.endedAt !== null || (other.endedAt === null && lastChange(one) >= lastChange(other));

/** The list with these calls in it, each as it was told last; those that go on stand above those that are over. */
export function withCalls(list: readonly ShownCall[], told: readonly ShownCall[]): ShownCall[] {
  const known = new Map(list.map((call) => [call.id, call]));
  for (const call of told) {
    const before = known.get(call.id);
    if (!before || isFurther(call, before)) known.set(call.id, call);
  }
  const goesOn = ({ endedAt }: ShownCall) => (endedAt === null ? 1 : 0);
  return [...known.values()]
    .sort((a, b) => goesOn(b) - goesOn(a) || lastChange(b) - lastChange(a))
    .slice(0, MOST_CALLS);
}
