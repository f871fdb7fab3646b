import { expect, test } from 'vitest';
import { BadForm, callerOf, type Form, parse, signedUrl, verify } from '../../src/channels/twilioVoice.ts';

const CallSid = `CA${'0a'.repeat(16)}`;
const form = (more: Form = {}): Form => ({ CallSid, From: '+6281200000000', CallStatus: 'in-progress', ...more });

const vector = {
  url: 'https://example.com/myapp.php?foo=1&bar=2',
  signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  form: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675310',
    Digits: '1234',
    From: '+14158675310',
    To: '+18005551212',
  },
};

test('the signature of the published example is accepted', () => {
  expect(verify('12345', vector.url, vector.form, vector.signature)).toBe(true);
});

test.each([
  ['another token', verify('12346', vector.url, vector.form, vector.signature)],
  ['another address', verify('12345', `${vector.url}3`, vector.form, vector.signature)],
  ['another digit', verify('12345', vector.url, { ...vector.form, Digits: '1235' }, vector.signature)],
  ['one field more', verify('12345', vector.url, { ...vector.form, More: '' }, vector.signature)],
  ['another signature', verify('12345', vector.url, vector.form, 'AAAA')],
])('a signature does not fit %s', (_what, accepted) => {
  expect(accepted).toBe(false);
});

test.each([
  ['https://hotline.example.org', 'https://hotline.example.org/voice?a=1'],
  ['https://hotline.example.org/', 'https://hotline.example.org/voice?a=1'],
  ['https://example.org:8443/hotline/', 'https://example.org:8443/hotline/voice?a=1'],
])('under %s the carrier signs %s', (base, signed) => {
  expect(signedUrl(base, '/voice?a=1')).toBe(signed);
});

test.each([
  ['one key', { Digits: '1', FinishedOnKey: '' }, { keys: '1', finishedByHash: false }],
  [
    'a number ended by hash',
    { Digits: '0009999000017', FinishedOnKey: '#' },
    { keys: '0009999000017', finishedByHash: true },
  ],
  ['silence, with an empty field', { Digits: '' }, { keys: '', finishedByHash: false }],
  ['silence, without the field', {}, { keys: '', finishedByHash: false }],
  ['a lone hash', { Digits: '', FinishedOnKey: '#' }, { keys: '', finishedByHash: true }],
  ['every key there is', { Digits: '0123456789*#' }, { keys: '0123456789*#', finishedByHash: false }],
  ['an officer who talked', { DialCallStatus: 'completed' }, { transferAnswered: true }],
  ['an officer who picked up', { DialCallStatus: 'answered' }, { transferAnswered: true }],
  ['a busy officer', { DialCallStatus: 'busy', Digits: '1' }, { transferAnswered: false }],
  ['no officer', { DialCallStatus: 'no-answer' }, { transferAnswered: false }],
  ['a failed transfer', { DialCallStatus: 'failed' }, { transferAnswered: false }],
  ['a canceled transfer', { DialCallStatus: 'canceled' }, { transferAnswered: false }],
])('%s is understood', (_what, fields, input) => {
  expect(parse(form(fields))).toEqual({ callId: CallSid, caller: '+6281200000000', input, over: false });
});

test.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])('a call that is %s is over', (CallStatus) => {
  expect(parse(form({ CallStatus })).over).toBe(true);
});

test('a caller without a number is a caller', () => {
  expect(parse({ CallSid }).caller).toBe('');
  expect(parse(form({ From: 'anonymous' })).caller).toBe('');
});

test.each([
  ['+6281200000001', '+6281200000001'],
  ['+62 812-0000.0001', '+6281200000001'],
  [' 6281200000001', '+6281200000001'],
  ['006281200000001', '+6281200000001'],
  ['(0812) 0000 0001', '+6281200000001'],
  ['+62 (21) 555-0100', '+62215550100'],
  ['+14158675310', '+14158675310'],
  ['0014158675310', '+14158675310'],
  ['1500400', '1500400'],
  ['sip:Siti@Example.ORG', 'sip:siti@example.org'],
  ['sip:+6281200000001@example.org', 'sip:+6281200000001@example.org'],
  ['client:Siti-2', 'client:siti-2'],
])('the caller %s is written %s', (from, caller) => {
  expect(callerOf(from)).toBe(caller);
  expect(callerOf(caller)).toBe(caller);
});

test.each([
  '',
  '  ',
  '+',
  'anonymous',
  'Anonymous',
  'RESTRICTED',
  'unknown',
  'Unavailable',
  'private',
  'blocked',
  '+266696687',
  '266696687',
  '+7378742833',
  '+2562533',
  '+8656696',
  '+86282452253',
  'sip:anonymous@anonymous.invalid',
  'client:Anonymous',
])('whoever calls as "%s" has withheld the number', (from) => {
  expect(callerOf(from)).toBe('');
});

test('a caller with a very long address is a caller, known by its beginning', () => {
  const long = `sip:${'a'.repeat(80)}@example.org`;
  expect(parse(form({ From: long })).caller).toBe(long.slice(0, 64));
});

test('fields that we do not know are let through, even twice', () => {
  expect(parse(form({ StirVerstat: 'TN-Validation-Passed-A', __proto__: 'x' })).callId).toBe(CallSid);
  expect(parse(form({ Diversion: ['one', 'other'] })).callId).toBe(CallSid);
});

test.each([
  ['no CallSid', { From: '+62' }, 'CallSid must be given once.'],
  ['another CallSid', { CallSid: 'CA0009999000017' }, 'CallSid must be CA and 32 hexadecimal digits.'],
  ['spaces in a number', form({ Digits: '0009 9990 0001 7' }), 'Digits must be keys of a telephone: 0-9 * #.'],
  ['letters in a number', form({ Digits: '00099990000l7' }), 'Digits must be keys of a telephone: 0-9 * #.'],
  ['a key that no caller has', form({ Digits: 'A' }), 'Digits must be keys of a telephone: 0-9 * #.'],
  ['a thousand keys', form({ Digits: '0'.repeat(1000) }), 'Digits must not be longer than 64 keys.'],
  ['a number given twice', form({ Digits: ['1', '2'] }), 'Digits must be given once.'],
  ['a caller given twice', form({ From: ['+62', '+62'] }), 'From must be given once.'],
  ['a call given twice', form({ CallSid: [CallSid, CallSid] }), 'CallSid must be given once.'],
  ['an end given twice', form({ DialCallStatus: ['busy', 'busy'] }), 'DialCallStatus must be given once.'],
])('%s is refused by field and rule, without the value', (_what, bad, message) => {
  expect(() => parse(bad)).toThrow(new BadForm(message));
});
