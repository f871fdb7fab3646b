/** A piece of a document, by what it is. */
export type Piece = { kind: 'tag' | 'name' | 'value' | 'text' | 'space'; text: string };

/** A document cut into pieces to be coloured, set out one element a line; joined again it says the same. */
export function inPieces(xml: string): Piece[] {
  let depth = 0;
  const pieces: Piece[] = [];
  const newLine = () => pieces.push({ kind: 'space', text: `${pieces.length ? '\n' : ''}${'  '.repeat(depth)}` });
  for (const [whole] of xml.matchAll(/<[^>]*>|[^<]+|</g)) {
    if (!whole.endsWith('>') || !whole.startsWith('<')) {
      if (whole.trim()) pieces.push({ kind: 'text', text: whole.trim() });
      continue;
    }
    const isClosing = whole.startsWith('</');
    if (isClosing) depth = Math.max(0, depth - 1);
    if (!isClosing || pieces.at(-1)?.kind === 'tag') newLine();
    pieces.push(...tagPieces(whole));
    if (!isClosing && !/[?/]>$/.test(whole)) depth += 1;
  }
  return pieces;
}

function tagPieces(tag: string): Piece[] {
  return [...tag.matchAll(/(\s+[\w:-]+=)("[^"]*"|'[^']*')|[^\s]+|\s+/g)].flatMap(([whole, name, value]): Piece[] =>
    name && value
      ? [
          { kind: 'name', text: name },
          { kind: 'value', text: value },
        ]
      : [{ kind: 'tag', text: whole }],
  );
}
