import { expect, test } from 'vitest';
import { placeCall } from '../../src/simulator/line.ts';
import { network } from '../../src/simulator/network.ts';
import { dial } from '../../src/simulator/phone.ts';
import { restApi } from '../../src/simulator/rest.ts';
import { application } from './application.ts';

/** Options as somebody writes them without a compiler. */
const unchecked = (options: object) => options as Parameters<typeof placeCall>[1];

test.each([{}, { authToken: '' }, { authToken: 12345 }])(
  'whoever dials with %j hears at once that there is no token',
  async (options) => {
    const app = await application({ '/voice': '<Response/>' });
    const sentence = 'There is no authToken: give the secret that the application checks signatures with.';
    expect(() => placeCall(`${app.url}/voice`, unchecked(options))).toThrow(sentence);
    await expect(dial(`${app.url}/voice`, unchecked(options))).rejects.toThrow(sentence);
    await expect(restApi(network(), unchecked(options))).rejects.toThrow(sentence);
    expect(app.requests).toEqual([]);
  },
);

test.each([
  [{ typeahead: 'buffer' }, 'typeahead=buffer'],
  [{ typeAhead: 'keep' }, 'typeAhead=keep'],
  [{ constructor: 'drop' }, 'constructor=drop'],
  [{ emptyDigits: undefined }, 'emptyDigits=undefined'],
])('whoever turns a switch that is none is told which there are: %j', async (switches, named) => {
  const sentence = `There is no switch ${named}: give some of emptyDigits=empty|absent, typeAhead=drop|buffer, `;
  await expect(dial('http://127.0.0.1:1/', unchecked({ authToken: 'x', switches }))).rejects.toThrow(sentence);
});
