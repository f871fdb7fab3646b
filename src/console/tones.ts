/** The two frequencies of each key, in hertz (ITU-T Q.23): that of its row and that of its column. */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keys = ['123', '456', '789', '*0#'];

/** The pair of frequencies that a key sounds with. */
export function frequenciesOf(key: string): [number, number] {
  const row = keys.findIndex((line) => line.includes(key));
  return [rows[row]!, columns[keys[row]!.indexOf(key)]!];
}

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
