/** How far a call went otherwise than recorded: `-` was expected, `+` came, a blank is as recorded; empty when nothing did. */
export function transcriptDiff(expected: readonly string[], got: readonly string[], around = 3): string {
  const marked = mark(expected, got);
  const isNear = (at: number) =>
    marked.slice(Math.max(0, at - around), at + around + 1).some(({ sign }) => sign !== ' ');
  const lines: string[] = [];
  for (const [at, { sign, text }] of marked.entries()) {
    if (isNear(at)) lines.push(`${sign} ${text}`);
    else if (lines.length > 0 && lines.at(-1) !== '  …') lines.push('  …');
  }
  return lines.at(-1) === '  …' ? lines.slice(0, -1).join('\n') : lines.join('\n');
}

type Marked = { sign: '-' | '+' | ' '; text: string };

function mark(expected: readonly string[], got: readonly string[]): Marked[] {
  const common = commonLengths(expected, got);
  const marked: Marked[] = [];
  let [e, g] = [0, 0];
  while (e < expected.length || g < got.length) {
    const [wanted, came] = [expected[e], got[g]];
    if (wanted !== undefined && wanted === came) {
      marked.push({ sign: ' ', text: wanted });
      e += 1;
      g += 1;
    } else if (wanted !== undefined && (came === undefined || common[e + 1]![g]! >= common[e]![g + 1]!)) {
      marked.push({ sign: '-', text: wanted });
      e += 1;
    } else {
      marked.push({ sign: '+', text: came! });
      g += 1;
    }
  }
  return marked;
}

/** For every pair of rests the length of their longest common subsequence. */
function commonLengths(expected: readonly string[], got: readonly string[]): number[][] {
  const lengths = Array.from({ length: expected.length + 1 }, () => new Array<number>(got.length + 1).fill(0));
  for (let e = expected.length - 1; e >= 0; e--)
    for (let g = got.length - 1; g >= 0; g--)
      lengths[e]![g] =
        expected[e] === got[g] ? lengths[e + 1]![g + 1]! + 1 : Math.max(lengths[e + 1]![g]!, lengths[e]![g + 1]!);
  return lengths;
}
