/** Where something stands in a document, counted as the carrier's debugger does: where the start tag ends. */
export type Place = { line: number; column: number; codes?: Codes };

/** The codes that the carrier has for warnings of what stands in a verb, where they are others than elsewhere. */
export type Codes = ReadonlyMap<number, number>;

/** One element of a TwiML document, with what it contains in order. */
export type Element = Place & {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
};

/** The elements directly inside, without the text between them. */
export function elementsIn(element: Element): Element[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The text directly inside, trimmed, as addresses and numbers are written. */
export function textIn(element: Element): string {
  return element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
}
