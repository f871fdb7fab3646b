/** Something the tester typed that nobody can follow; the message says what, in one sentence without its full stop. */
export class WrongArguments extends Error {
  override name = 'WrongArguments';
}

/** The first sentence of what Node says about arguments that it cannot read; the rest is advice about its own rules. */
export const firstSentence = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split(/[.\n]/)[0]!;
