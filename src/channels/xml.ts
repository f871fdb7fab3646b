/** What an element may carry. */
type Attributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The characters that XML 1.0 has no way of writing. */
const unwritable = /[[\p{Cc}--[\t\n\r]]\uFFFE\uFFFF\p{Cs}]/gv;

const inText: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const inAttribute: Record<string, string> = {
  ...{ '&': '&amp;', '<': '&lt;', '"': '&quot;' },
  ...{ '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' },
};

/** Text as it stands in an element; what XML cannot write is left out. */
export const text = (plain: string): string =>
  plain.replace(unwritable, '').replace(/[&<>\r]/g, (character) => inText[character]!);

const attribute = (value: string) => value.replace(/[&<"\t\n\r]/g, (character) => inAttribute[character]!);

/** An element around XML that is written already. Attributes stand in the order given. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  let tag = `<${name}`;
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) tag += ` ${key}="${attribute(Array.isArray(value) ? value.join(' ') : String(value))}"`;
  }
  const content = inside.join('');
  return content === '' ? `${tag}/>` : `${tag}>${content}</${name}>`;
}

/** A whole document with this root. */
export const document = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>${root}`;
