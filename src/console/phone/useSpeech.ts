import { useEffect, useRef } from 'react';
import type { HeldCall } from './heldCall.ts';
import { hush, sayAloud } from './voice.ts';

/** Says aloud what the line says, and breaks off where a key has interrupted it. */
export function useSpeech(call: HeldCall | null, isAloud: boolean): void {
  const begun = useRef('');
  const doing = call?.doing;
  const sentence = doing?.what === 'speaking' ? `${call?.ticket} ${doing.since}` : '';
  useEffect(() => {
    if (!isAloud || doing?.what !== 'speaking' || begun.current === sentence) return;
    begun.current = sentence;
    sayAloud(doing.text, doing.language);
  }, [sentence, isAloud, doing]);

  const wasCut = call?.entries.findLast(({ kind }) => kind === 'heard')?.text.endsWith(' …') ?? false;
  const hasHungUp = doing?.what === 'over' && doing.by === 'caller';
  useEffect(() => {
    if (!isAloud || wasCut || hasHungUp) hush();
  }, [isAloud, wasCut, hasHungUp]);
}
