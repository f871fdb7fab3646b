import { describe, expect, test } from 'vitest';
import { getStateNodes } from 'xstate/graph';
import { callflows } from '../../callflows/index.ts';

describe.each(Object.entries(callflows))('the flow %s', (name, flow) => {
  test('rests, works or ends in every state', () => {
    const nodes = getStateNodes(flow).filter(({ type }) => type === 'atomic');
    const idle = nodes.filter(({ meta, invoke, always }) => !meta && invoke.length === 0 && !always?.length);
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  test('counts misses by the name of the state that asks', () => {
    const asking = getStateNodes(flow).filter(({ meta }) => (meta as Partial<{ listen: unknown }>)?.listen);
    for (const { parent } of asking) expect(parent!.id).toBe(parent!.key);
  });

  test('never runs for ever without a caller', () => {
    expect(flow.options.maxIterations, name).toBe(100);
  });
});
