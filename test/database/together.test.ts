import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { together } from '../../src/database/together.ts';

/** Work that ends when it is told to; `batches` are the pieces of each, in the order in which they were begun. */
function slowWork(terms: Parameters<typeof together>[1] = {}) {
  const batches: string[][] = [];
  const ends: PromiseWithResolvers<(number | Error)[]>[] = [];
  const { ask, done } = together<string, number>((pieces) => {
    batches.push([...pieces]);
    const end = Promise.withResolvers<(number | Error)[]>();
    ends.push(end);
    return end.promise;
  }, terms);
  const lengths = (nth: number) => ends[nth]!.resolve(batches[nth]!.map(({ length }) => length));
  return { ask, done, batches, ends, lengths };
}

const moment = () => new Promise((resolve) => setImmediate(resolve));

test('what comes while others are at work waits, and goes together', async () => {
  const { ask, done, batches, lengths } = slowWork();
  const first = [ask('a'), ask('bb')];
  await moment();
  const later = [ask('ccc'), ask(''), ask('d')];
  await moment();
  expect(batches).toEqual([['a', 'bb']]);
  lengths(0);
  expect(await Promise.all(first)).toEqual([1, 2]);
  await expect.poll(() => batches.length).toBe(2);
  lengths(1);
  expect(await Promise.all(later)).toEqual([3, 0, 1]);
  await done();
  expect(batches).toEqual([
    ['a', 'bb'],
    ['ccc', '', 'd'],
  ]);
});

test('so many at the most go together, and so many batches are under way', async () => {
  const { ask, batches, lengths } = slowWork({ most: 2, atOnce: 2 });
  const all = ['1', '2', '3', '4', '5'].map(ask);
  await moment();
  expect(batches).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  lengths(1);
  await expect.poll(() => batches[2]).toEqual(['5']);
  for (const nth of [0, 2]) lengths(nth);
  expect(await Promise.all(all)).toEqual([1, 1, 1, 1, 1]);
});

test('what fails is told to whoever asked for it, and the others go on', async () => {
  const { ask, done, ends, lengths } = slowWork();
  const some = Promise.allSettled([ask('good'), ask('bad')]);
  await moment();
  ends[0]!.resolve([4, new Error('not this one')]);
  expect(await some).toMatchObject([{ value: 4 }, { reason: { message: 'not this one' } }]);

  const all = Promise.allSettled([ask('one'), ask('other')]);
  await moment();
  ends[1]!.reject(new Error('nobody is there'));
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  const later = ask('later');
  await moment();
  lengths(2);
  expect(await later).toBe(5);
  await done();
});

test('nothing is kept of what is done', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const { ask } = together<number, number>(async (pieces) => pieces.map((piece) => piece + 1));
  const bytesAfter = async (batches: number) => {
    for (let nth = 0; nth < batches; nth++) {
      await ask(nth);
      await moment();
    }
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await bytesAfter(5_000);
  expect((await bytesAfter(20_000)) - before).toBeLessThan(500_000);
});
