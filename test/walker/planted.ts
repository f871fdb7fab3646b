import { callflows } from '../../callflows/index.ts';
import { callflow } from '../../src/call/flow.ts';
import type { AnyFlows } from '../../src/call/transitions.ts';

/** A part of a flow's configuration, as it may be changed in a copy. */
export type Draft = Record<string, unknown>;

const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]));
};

/** What stands at this place of a configuration: `states/choosing/on`. */
export const at = (config: Draft, path: string): Draft =>
  path.split('/').reduce((part, name) => part[name] as Draft, config);

/** All flows, one of them a copy that was changed. */
export function withFault(flow: keyof typeof callflows, change: (config: Draft) => void): AnyFlows {
  const config = copyOf(callflows[flow].config) as Draft;
  change(config);
  const planted = callflow.createMachine(config as Parameters<typeof callflow.createMachine>[0]);
  return { ...(callflows as AnyFlows), [flow]: planted };
}
