import { LRUCache } from 'lru-cache';
import { SaxesParser } from 'saxes';
import type { Element, Place } from './element.ts';

/** Why a document is not XML, and where the parser noticed. */
type ParseFault = Place & { fault: string };

const deepest = 50;

/** What was read before, by its text: most of what an application says it has said to somebody already. */
const known = new LRUCache<string, Element | ParseFault>({
  max: 1_000,
  maxSize: 2 ** 22,
  sizeCalculation: (_, xml) => xml.length || 1,
});

/** Reads an XML document into a tree; only its own characters count, no entity of a DTD is ever expanded. */
export function parse(xml: string): Element | ParseFault {
  const before = known.get(xml);
  if (before) return before;
  const read = parseAnew(xml);
  known.set(xml, read);
  return read;
}

type OpenElement = Element & { children: Element['children'][number][] };

function parseAnew(xml: string): Element | ParseFault {
  const parser = new SaxesParser();
  const open: OpenElement[] = [];
  let root: Element | null = null;
  let fault: ParseFault | null = null;
  const fail = (why: string) => {
    fault ??= { fault: why, line: parser.line, column: parser.column };
  };
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')));
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], line: parser.line, column: parser.column };
    if (open.length >= deepest) return fail(`elements are nested more than ${deepest} deep`);
    open.at(-1)?.children.push(element);
    open.push(element);
    root ??= element;
  });
  const addText = (text: string) => open.at(-1)?.children.push(text);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  if (fault) return bareAmpersand(xml, fault) ?? fault;
  return root ?? { fault: 'the document is empty', line: 1, column: 0 };
}

/** What XML may hold with any `&` in it. */
const unread = /<!\[CDATA\[.*?(\]\]>|$)|<!--.*?(-->|$)|<\?.*?(\?>|$)/gs;

/** The first `&` before the fault that begins no entity: the parser reads on behind it, and blames what comes last. */
function bareAmpersand(xml: string, { line, column }: ParseFault): ParseFault | null {
  const read = xml.replace(unread, (part) => part.replace(/./g, ' '));
  const at = read.search(/&(?!#\d+;|#x[\da-f]+;|[\w:][\w:.-]*;)/i);
  if (at < 0) return null;
  const before = read.slice(0, at + 1).split(/\r\n|\r|\n/);
  const place = { line: before.length, column: before.at(-1)!.length };
  const isFirst = place.line < line || (place.line === line && place.column <= column);
  return isFirst ? { fault: 'an & must be written &amp;', ...place } : null;
}
