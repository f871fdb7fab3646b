const digitWords =
  'nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|zero|one|two|three|four|five|six|seven|eight|nine';
const spokenDigits = new RegExp(`\\b(?:${digitWords})(?:,? (?:${digitWords})\\b){2,}`, 'g');

/** Three keys in a row, but for what stands behind the point of a decimal or is a number of seconds. */
const keysInARow = /(?<!\d\.|[\d*#])[\d*#]{3,}(?![\d*#]| s\b)/g;

/** In a warning, ports, status codes and milliseconds stay, which stand behind no `=` as what was typed does. */
const longNumber = /\d{6,}|(?<==)[\d*#]+/g;

/** A transcript in which nobody can read a number that was typed or read out: `>` and `<` lines with dots for digits. */
export const masked = (line: string): string =>
  line
    .replace(/^\s*!/.test(line) ? longNumber : keysInARow, (keys) => '•'.repeat(keys.length))
    .replace(spokenDigits, '••••');
