import type { Element, Place } from './element.ts';
import type { Verb } from './verb.ts';
import { notSimulated, verbs } from './verbs.ts';

type Warn = (code: number, message: string, place: Place) => void;

/** The verbs of a document that can be performed; what is unknown or misplaced is warned about and left out. */
export function check(root: Element, warn: Warn, allowedVerbs: readonly string[] = [...verbs.keys()]): Element[] {
  return root.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    const verb = verbs.get(child.name);
    if (verb && allowedVerbs.includes(child.name)) return [checked(child, verb, warn)];
    if (verb) {
      warn(12200, `<${child.name}> may not stand in this document and was skipped`, child);
      return [];
    }
    const why = notSimulated.has(child.name) ? 'is not simulated and was skipped' : 'is no verb and was skipped';
    warn(12200, `<${child.name}> ${why}`, child);
    return [];
  });
}

type Grammar = Pick<Verb, 'attributes' | 'nests' | 'nestingCode' | 'nouns'>;

function checked(element: Element, verb: Grammar, warn: Warn): Element {
  for (const name of Object.keys(element.attributes))
    if (!verb.attributes.includes(name))
      warn(12200, `${element.name}: the attribute "${name}" is not known and was skipped`, element);
  return { ...element, children: allowed(element, verb, warn) };
}

function allowed(element: Element, verb: Grammar, warn: Warn): Element['children'] {
  return element.children.flatMap((child): Element['children'] => {
    if (typeof child === 'string') return [child];
    if (!verb.nests.includes(child.name)) {
      warn(verb.nestingCode ?? 12200, `${element.name}: <${child.name}> may not stand in it and was skipped`, child);
      return [];
    }
    // What is no verb itself, as SSML in a Say, may contain whatever its verb may.
    const inner = verb.nouns?.[child.name] ?? verbs.get(child.name);
    return [inner ? checked(child, inner, warn) : { ...child, children: allowed(child, verb, warn) }];
  });
}
