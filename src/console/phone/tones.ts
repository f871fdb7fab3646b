import { frequenciesOf } from './frequencies.ts';

const SOUNDS_S = 0.12;
const LOUDNESS = 0.06;
let audio: AudioContext | null = null;

/** Sounds a key. A browser without sound does so in silence. */
export function sound(key: string): void {
  try {
    audio ??= new AudioContext();
    const loudness = new GainNode(audio, { gain: LOUDNESS });
    loudness.connect(audio.destination);
    for (const frequency of frequenciesOf(key)) {
      const tone = new OscillatorNode(audio, { frequency });
      tone.connect(loudness);
      tone.start();
      tone.stop(audio.currentTime + SOUNDS_S);
    }
  } catch {
    // No sound device, or none allowed: the key works all the same.
  }
}
