/** Something the tester typed that nobody can follow; the message says what, in one sentence without its full stop. */
export class WrongArguments extends Error {
  override name = 'WrongArguments';
}

const isFromNode = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** What is wrong with the arguments, where they are what is wrong. Node's own complaints go on with advice of its own. */
function wrongArguments(error: unknown): string | null {
  if (error instanceof WrongArguments) return error.message;
  if (!isFromNode(error)) return null;
  const { message } = error as Error;
  const [, option] = /'(--[\w-]+)' argument is ambiguous/.exec(message) ?? [];
  if (option) return `${option} is followed by something with a dash, not by a value: give ${option} one`;
  return message.split(/\. |\.?\n/)[0]!.replace(/\.$/, '');
}

const isOurBug = (error: unknown) =>
  [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);

/**
 * Runs a command with what stands behind `--`. Exit code 2 for arguments that cannot be followed, told with the usage;
 * 1 for whatever else went wrong, told in its own words.
 */
export async function command(usage: string, work: (args: string[]) => Promise<void> | void): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(`Usage: ${usage}`);
  try {
    await work(args);
  } catch (error) {
    const wrong = wrongArguments(error);
    if (wrong !== null) console.error(`${wrong}. Usage: ${usage}`);
    else console.error(error instanceof Error && !isOurBug(error) ? error.message : error);
    process.exitCode = wrong !== null ? 2 : 1;
  }
}
