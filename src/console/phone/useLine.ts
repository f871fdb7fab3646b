import { useSyncExternalStore } from 'react';
import { lineClient } from './lineClient.ts';

const address = new URL('telephone', document.baseURI);
address.protocol = address.protocol.replace('http', 'ws');
const line = lineClient(address);

/** The telephone of this page, and how it stands. */
export function useLine() {
  return { line, state: useSyncExternalStore(line.subscribe, line.state) };
}
