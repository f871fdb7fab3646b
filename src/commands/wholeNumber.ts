import { WrongArguments } from './command.ts';

/** The whole number that a tester typed behind an option, within these bounds. Throws WrongArguments for anything else. */
export function wholeNumber(
  option: string,
  text: string,
  { least = 0, most }: { least?: number; most: number },
): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new WrongArguments(`${option} is ${JSON.stringify(text)}: give a whole number from ${least} to ${most}`);
}
