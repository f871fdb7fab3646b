/** Does this work for each of them, so many at the same time. */
export async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, nth: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const hand = async () => {
    while (next < items.length) {
      const nth = next++;
      await work(items[nth]!, nth);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}
