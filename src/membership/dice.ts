/** Chance that falls the same way whenever it begins with the same seed. */
export type Dice = {
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in so many of a hundred cases. */
  inHundred(cases: number): boolean;
  /** One of these, each as likely as its weight. */
  weighed<Choice>(choices: readonly (readonly [weight: number, choice: Choice])[]): Choice;
};

/** The dice of a seed. */
export function diceOf(seed: number): Dice {
  const roll = mulberry32(seed);
  const between = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
  return {
    between,
    inHundred: (cases) => roll() * 100 < cases,
    weighed(choices) {
      const total = choices.reduce((sum, [weight]) => sum + weight, 0);
      let left = between(1, total);
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left <= 0) return choice;
      }
      throw new RangeError('Nothing to choose from');
    },
  };
}

/** Numbers from 0 up to 1, by Tommy Ettinger's Mulberry32 (public domain): small, fast, and good enough to invent with. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
