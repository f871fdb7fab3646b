import { expect, test } from 'vitest';
import type { Step } from '../../src/call/record.ts';
import { shownSteps } from '../../src/desk/shownCall.ts';

test('a call whose caller waits stays where it was, and then goes the way of what the caller had done', () => {
  const asking = 'identify.confirming.asking';
  const steps: Step[] = [
    { at: 0, did: 'number', place: asking, said: ['readBackCard', 'confirm'] },
    { at: 1, did: 'key.1', place: asking, said: ['pleaseWait'] },
    { at: 2, did: 'waited', place: 'officer.ringing', said: ['membersUnreachable', 'connectingOfficer'] },
  ];
  expect(shownSteps(steps).map(({ way }) => way)).toEqual([
    expect.anything(),
    ['identify.confirming'],
    ['identify.confirming', 'identify.finding', 'identify.withOfficer', 'officer.ringing'],
  ]);
});

test('a way that some call went before is not searched again for another', () => {
  const asking = 'identify.confirming.asking';
  const turns = (at: number): Step[] => [
    { at, did: 'number', place: asking, said: ['readBackCard', 'confirm'] },
    { at, did: 'key.1', place: 'officer.ringing', said: ['membersUnreachable', 'connectingOfficer'] },
  ];
  const [one, other] = [shownSteps(turns(0)).at(-1)!, shownSteps(turns(5)).at(-1)!];
  expect(one.way).toContain('identify.finding');
  expect(other.way).toBe(one.way);
  expect([one.at, other.at]).toEqual([0, 5]);
});
