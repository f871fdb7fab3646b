import { useEffect, useState } from 'react';
import type { ShownCall } from './talk.ts';

type Calls = { calls: readonly ShownCall[]; isLost: boolean };

const MOST_CALLS = 200;
const isFurther = (one: ShownCall, other: ShownCall) => one.endedAt !== null || one.steps.length > other.steps.length;
const lastChange = ({ endedAt, steps }: ShownCall) => endedAt ?? steps.at(-1)?.at ?? 0;

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

/** The latest calls, as the server tells of them while they happen. */
export function useCalls(): Calls {
  const [state, setState] = useState<Calls>({ calls: [], isLost: false });
  useEffect(() => {
    const source = new EventSource('calls');
    const take = (told: ShownCall[]) => setState(({ calls }) => ({ calls: withCalls(calls, told), isLost: false }));
    source.addEventListener('calls', ({ data }) => take(JSON.parse(data)));
    source.addEventListener('call', ({ data }) => take([JSON.parse(data)]));
    source.addEventListener('error', () => setState(({ calls }) => ({ calls, isLost: true })));
    return () => source.close();
  }, []);
  return state;
}
