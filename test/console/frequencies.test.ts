import { expect, test } from 'vitest';
import { frequenciesOf } from '../../src/console/phone/frequencies.ts';

/** ITU-T Q.23, table 1. */
const table: [key: string, row: number, column: number][] = [
  ['1', 697, 1209],
  ['2', 697, 1336],
  ['3', 697, 1477],
  ['4', 770, 1209],
  ['5', 770, 1336],
  ['6', 770, 1477],
  ['7', 852, 1209],
  ['8', 852, 1336],
  ['9', 852, 1477],
  ['*', 941, 1209],
  ['0', 941, 1336],
  ['#', 941, 1477],
];

test.each(table)('the key %s sounds with %i and %i Hz', (key, row, column) => {
  expect(frequenciesOf(key)).toEqual([row, column]);
});
