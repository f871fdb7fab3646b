import { expect, test } from 'vitest';
import { wayOf } from '../../src/call/way.ts';
import { pictures } from '../../src/desk/pictures.ts';

test('a call that begins goes from the first state of its flow to where it rests', () => {
  const way = wayOf(pictures, { from: 'mainMenu', to: 'mainMenu.choosing.asking' });
  expect(way).toEqual(['mainMenu.arriving', 'mainMenu.choosing']);
});

test('a way leads through flows, by the one that the caller wanted', () => {
  const proof = { from: 'identify.confirming.asking', event: 'key.1', to: 'prove.lastFour.asking' };
  const through = (wanted: string) => wayOf(pictures, { ...proof, wanted });
  expect(through('bill')).toEqual([
    'identify.confirming',
    'identify.finding',
    'identify.found',
    'bill.arriving',
    'bill.proving',
    'prove.arriving',
    'prove.lastFour',
  ]);
  expect(through('membershipStatus')).toContain('membershipDetails.arriving');
});

test('what was said tells apart the ways to the same officer', () => {
  const taken = { from: 'identify.confirming.asking', event: 'key.1', to: 'officer.ringing' };
  const stopped = wayOf(pictures, { ...taken, said: ['tooManyTries', 'connectingOfficer'] });
  const unreachable = wayOf(pictures, { ...taken, said: ['membersUnreachable', 'connectingOfficer'] });
  expect(stopped).toContain('identify.stopped');
  expect(unreachable).not.toContain('identify.stopped');
});

test('there is no way between places that no turn connects, or that are gone', () => {
  expect(wayOf(pictures, { from: 'bill.choosing.asking', event: 'key.1', to: 'officer.ringing' })).toEqual([]);
  expect(wayOf(pictures, { from: 'gone.choosing', to: 'mainMenu.choosing.asking' })).toEqual([]);
});
