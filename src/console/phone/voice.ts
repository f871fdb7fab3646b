/** The browser's voice for a language; null where it has none. */
export function voiceFor(language: string): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in globalThis)) return null;
  const [wanted] = language.toLowerCase().split('-');
  const voices = speechSynthesis.getVoices();
  return voices.find(({ lang }) => lang.toLowerCase().replace('_', '-').split('-')[0] === wanted) ?? null;
}

/** Says a sentence after those that are being said; in silence where the browser has no voice for it. */
export function sayAloud(text: string, language: string): void {
  const voice = voiceFor(language);
  if (!voice) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = language;
  speechSynthesis.speak(utterance);
}

/** Breaks off whatever is being said. */
export function hush(): void {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel();
}
