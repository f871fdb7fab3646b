const digitWords =
  'nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|zero|one|two|three|four|five|six|seven|eight|nine';
const spokenDigits = new RegExp(`\\b(?:${digitWords})(?:,? (?:${digitWords})\\b){2,}`, 'g');

/** A transcript in which nobody can read a number that was typed or read out: `>` and `<` lines with dots for digits. */
export const masked = (line: string): string =>
  line.replace(/[\d*#]{3,}/g, (keys) => '•'.repeat(keys.length)).replace(spokenDigits, '••••');
