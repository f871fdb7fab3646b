/** What stands on an arrow that is several in one: keys in one line, all else line by line. */
export function labelOf(labels: readonly string[]): string[] {
  const lines = [...new Set(labels)].filter((label) => label !== '');
  const areKeys = lines.length > 0 && lines.every((label) => label.length === 1);
  return areKeys ? [lines.join(' / ')] : lines;
}
