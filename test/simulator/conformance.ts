/** A rule of the carrier that the line follows, where it is written, and the test that shows it. */
export type Conformance = {
  rule: string;
  source: string;
  /** The name of the test, behind the names of what it stands in. */
  test: string;
  /** What decides where the carrier's documentation leaves it open, and how it stands in the test: `name`: `value`. */
  switch?: string;
};

/** The rules that are written in one place. */
export const from = (source: string, rows: readonly [rule: string, test: string, switched?: string][]): Conformance[] =>
  rows.map(([rule, test, switched]) => ({ rule, source, test, ...(switched && { switch: switched }) }));
