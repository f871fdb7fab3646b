import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gestureIn } from '../../src/desk/gestures.ts';

const understood = [
  { do: 'call', from: null },
  { do: 'call', from: '+6281200000001' },
  { do: 'resume', ticket: 't', arrived: 0, baton: null },
  { do: 'resume', ticket: 't', arrived: 9, baton: 'sealed' },
  { do: 'press', n: 1, key: '#' },
  { do: 'officer', n: 2, how: 'busy' },
  { do: 'hangUp', n: 3 },
  { do: 'copy' },
];

test.each(understood)('a telephone understands %j', (gesture) => {
  expect(gestureIn(JSON.stringify(gesture))).toEqual(gesture);
});

test.each([
  { do: 'call', from: 'somebody' },
  { do: 'call' },
  { do: 'press', n: 1, key: '12' },
  { do: 'press', n: 1, key: 'A' },
  { do: 'press', n: 0, key: '1' },
  { do: 'press', n: 1.5, key: '1' },
  { do: 'officer', n: 1, how: 'sleeps' },
  { do: 'resume', ticket: 't', arrived: -1, baton: null },
  { do: 'resume', ticket: 't'.repeat(65), arrived: 0, baton: null },
  { do: 'dance' },
])('a telephone does not understand %j', (gesture) => {
  expect(gestureIn(JSON.stringify(gesture))).toBeNull();
});

test('whatever a page sends, nothing is thrown', () => {
  fc.assert(fc.property(fc.string(), (text) => void gestureIn(text)));
  const almost = fc.record({ do: fc.constantFrom(...understood.map((one) => one.do)), n: fc.jsonValue() });
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), almost), (value) => void gestureIn(JSON.stringify(value))));
});
