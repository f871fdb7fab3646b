import { type Codes, type Element, elementsIn, type Place, textIn } from './element.ts';
import type { Grammar } from './verb.ts';
import { notSimulated, verbs } from './verbs.ts';

type Warn = (code: number, message: string, place: Place) => void;

const response: Grammar = { attributes: ['version'], holdsNoText: true };
/** What stands in verbs of several kinds. */
const nouns: Readonly<Record<string, Grammar>> = {
  Identity: { attributes: [], nests: [] },
  Parameter: { attributes: ['name', 'value'], nests: [], holdsNoText: true },
  Task: { attributes: ['priority', 'timeout'], nests: [] },
};
/** Attributes that tell XML tools where names come from. */
const ofXml = /^(xmlns|xsi)(:|$)/;

/** The verbs of a document that can be performed; what is unknown or misplaced is warned about and left out. */
export function check(
  root: Element,
  warn: Warn,
  {
    verbs: allowed = [...verbs.keys()],
    misplacedCode = 12200,
  }: { verbs?: readonly string[]; misplacedCode?: number } = {},
): Element[] {
  checkOwn(root, response, warn);
  return elementsIn(root).flatMap((child) => {
    const verb = verbs.get(child.name);
    if (verb && allowed.includes(child.name)) return [checked(child, verb, warn, undefined)];
    if (verb) {
      warn(misplacedCode, `<${child.name}> may not stand in this document and was skipped`, child);
      return [];
    }
    const why = notSimulated.has(child.name) ? 'is not simulated and was skipped' : 'is no verb and was skipped';
    warn(12200, `<${child.name}> ${why}`, child);
    return [];
  });
}

function checked(element: Element, grammar: Grammar, warn: Warn, codes: Codes | undefined): Element {
  checkOwn(element, grammar, warn);
  const children = element.children.flatMap((child): Element['children'] => {
    if (typeof child === 'string') return grammar.holdsNoText ? [] : [child];
    if (knows(grammar.nests, child.name))
      return [checked(child, grammarOf(child.name, grammar), warn, grammar.codesInside)];
    warn(grammar.nestingCode ?? 12200, `${element.name}: <${child.name}> may not stand in it and was skipped`, child);
    return [];
  });
  return { ...element, attributes: known(element, grammar), children, ...(codes && { codes }) };
}

/** Warns of what an element carries and says itself, and may not. */
function checkOwn(element: Element, grammar: Grammar, warn: Warn): void {
  for (const name of Object.keys(element.attributes))
    if (!mayCarry(grammar, name) && !ofXml.test(name))
      warn(12200, `${element.name}: the attribute "${name}" is not known and was skipped`, element);
  if (grammar.holdsNoText && textIn(element) !== '')
    warn(12200, `${element.name}: text may not stand in it and was skipped`, element);
}

function mayCarry({ attributes }: Grammar, name: string): boolean {
  return attributes.includes('*') || attributes.includes(name);
}

/** The attributes of an element without those that it may not carry. */
function known(element: Element, grammar: Grammar): Element['attributes'] {
  return Object.fromEntries(Object.entries(element.attributes).filter(([name]) => mayCarry(grammar, name)));
}

function knows(names: readonly string[] = [], name: string): boolean {
  return names.includes(name) || names.includes(kindOf(name));
}

/** What may stand in a noun that does not say so itself is what may stand around it, as SSML in SSML. */
function grammarOf(name: string, around: Grammar): Grammar {
  const noun = around.nouns?.[name] ?? around.nouns?.[kindOf(name)] ?? verbs.get(name) ?? nouns[name];
  return noun?.nests ? noun : { ...around, ...(noun ?? { attributes: ['*'] }) };
}

function kindOf(name: string): string {
  return name.replace(/:.*/s, ':*');
}
