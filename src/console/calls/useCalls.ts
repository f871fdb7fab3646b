import { useEffect, useState } from 'react';
import type { ShownCall } from '../talk.ts';
import { withCalls } from './callList.ts';

type Calls = { calls: readonly ShownCall[]; isLost: boolean };

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
