import { beforeAll, describe, expect, test } from 'vitest';
import type { CallRecord } from '../../src/call/record.ts';
import { keptFolder } from '../rim/folder.ts';
import { keyByKey, twoAtOnce, withoutDatabase, withoutMembers } from './calls.ts';
import { onlooker, testersCall } from './console.ts';
import { badForms, besideTurns, membershipQuestions, strangersRequests } from './forms.ts';
import { type Kept, watchedHotline } from './hotline.ts';
import { searchFor } from './leaks.ts';
import { bhaskara, secretsOf, zulaikha } from './people.ts';

const folder = keptFolder();
const search = searchFor([zulaikha, bhaskara].flatMap(secretsOf));
const leaksIn = (place: string, pieces: readonly string[]) => pieces.flatMap((piece) => search(place, piece));

let kept: Kept;
let statuses: Record<'bad' | 'strange' | 'beside' | 'questions', number[]>;

beforeAll(async () => {
  const hotline = await watchedHotline(folder);
  ({ kept } = hotline);
  const looking = await onlooker(hotline);
  await twoAtOnce(hotline);
  await keyByKey(hotline);
  await withoutMembers(hotline);
  await withoutDatabase(hotline);
  const [bad, strange] = [await badForms(hotline), await strangersRequests(hotline)];
  const questions = await membershipQuestions(hotline);
  statuses = { bad, strange, questions, beside: await besideTurns(hotline) };
  await testersCall(hotline, looking.cookie);
  await looking.close();
  await hotline.close();
});

test('people call in every way, and everything goes wrong', () => {
  expect(new Set(statuses.bad)).toEqual(new Set([400]));
  expect(statuses.strange).toEqual([403, 403, 400, 415, 415, 413, 400, 401, 405, 401, 404, 200]);
  expect(statuses.questions).toEqual([401, 400, 400, 400, 413, 405, 404, 500]);
  expect(new Set(statuses.beside)).toEqual(new Set([200, 204]));
  const records = kept.record.map((record) => JSON.parse(record) as CallRecord);
  const outcomes = new Set(records.map(({ outcome }) => outcome));
  expect(outcomes).toEqual(new Set(['contained', 'officer', 'abandoned', 'failed']));
});

describe('of their numbers and names nothing is left', () => {
  test('in the log, however much is logged', () => {
    const messages = new Set(kept.log.map((line) => (JSON.parse(line) as { msg: string }).msg));
    expect([...messages].sort()).toEqual([
      'a question about members could not be answered',
      'a question about members was refused',
      'a request was refused',
      'a turn failed, the caller is sent to an officer',
      'the membership service could not tell',
      'turn',
    ]);
    expect(leaksIn('log', kept.log)).toEqual([]);
  });

  test('in what is written beside the log', () => {
    expect(leaksIn('output', kept.output)).toEqual([]);
  });

  test('in traces', () => {
    expect(kept.trace.filter((body) => body.includes('identify.confirming.asking'))).not.toEqual([]);
    expect(leaksIn('trace', kept.trace)).toEqual([]);
  });

  test('in metrics', () => {
    expect(kept.metric.join()).toMatch(/^hotline_calls_total\{outcome="failed"\} \d/m);
    expect(leaksIn('metric', kept.metric)).toEqual([]);
  });

  test('in records of calls', () => {
    expect(leaksIn('record', kept.record)).toEqual([]);
  });

  test('in the files of the hotline, while it runs and when it is over', () => {
    expect([...kept.files.keys()]).toEqual(
      expect.arrayContaining(['calls.db', 'calls.db while it runs', 'calls.db-wal while it runs']),
    );
    for (const [name, bytes] of kept.files) expect(search(name, bytes)).toEqual([]);
  });

  test('in answers, but for what is said to the caller', () => {
    expect(kept.answer.filter((answer) => answer.includes('<Gather '))).not.toEqual([]);
    expect(leaksIn('answer', kept.answer)).toEqual([]);
  });

  test('in what is said to somebody else', () => {
    const said = (person: typeof zulaikha) => kept.said.get(person)!.join('\n');
    for (const [person, other] of [
      [zulaikha, bhaskara],
      [bhaskara, zulaikha],
    ] as const) {
      const ofThem = searchFor(secretsOf(person));
      const own = ofThem('their own call', said(person));
      expect(own.map(({ what, spelled }) => `${what} ${spelled}`)).toEqual([
        `the card of ${person.name} in words`,
        `the NIK of ${person.name} in words`,
      ]);
      expect(ofThem('a call of somebody else', said(other))).toEqual([]);
    }
  });

  test('in what the console tells others', () => {
    const all = kept.console.join('\n');
    const told = ['event: call\n', '"outcome":"failed"', '"fault":"gone"', 'id="page"', 'not understood'];
    expect(told.filter((part) => !all.includes(part))).toEqual([]);
    expect(leaksIn('console', kept.console)).toEqual([]);
  });
});
