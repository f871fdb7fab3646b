import type { Doing } from '../talk.ts';

/** As many words of what is being said as have been heard at this moment. */
export function spokenSoFar(doing: Doing, lineTime: number): string {
  if (doing.what === 'playing') return '♪';
  if (doing.what !== 'speaking') return '';
  const words = doing.text.split(' ');
  const share = doing.ms > 0 ? (lineTime - doing.since) / doing.ms : 1;
  return words.slice(0, Math.max(1, Math.ceil(words.length * Math.min(1, share)))).join(' ');
}
