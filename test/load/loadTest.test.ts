import { expect, test } from 'vitest';
import type { Switchboard } from '../../src/call/switchboard.ts';
import type { SpokenTurn } from '../../src/call/turn.ts';
import { loadTest } from '../../src/load/loadTest.ts';
import { ownServer } from '../../src/load/ownServer.ts';
import { fatFinger } from '../../src/load/personas/fatFinger.ts';
import { guesser } from '../../src/load/personas/guesser.ts';
import { personas } from '../../src/load/personas/index.ts';
import { knowsTheMenu } from '../../src/load/personas/knowsTheMenu.ts';
import { silent } from '../../src/load/personas/silent.ts';
import { isAllRight, plainReport } from '../../src/load/report.ts';
import { findings, whatWasFound } from './hotline.ts';

test('two hundred callers of every kind hear what is true, and nothing of each other', async () => {
  const report = await findings({}, { calls: 200 });
  expect(report.wrongCalls).toEqual([]);
  expect(report).toMatchObject({ calls: 200, wrong: 0, crossTalk: 0, lostKeys: 0, troubled: 0 });
  expect(Object.keys(report.personas).sort()).toEqual(personas.map(({ name }) => name).sort());
  expect(report.guesses.inAQuarterOfAnHour).toBe(3);
  expect(isAllRight(report)).toBe(true);
});

test('callers on a bad wire, who ask twice and out of order, hear the same', async () => {
  const report = await findings({}, { faults: true });
  expect([report.wrongCalls, report.troubled]).toEqual([[], 0]);
});

test('a server that is killed in the middle of many calls, with members out of reach, loses none', async () => {
  const census = { members: 600, seed: 1, today: '2026-11-21' };
  const own = await ownServer(census, { unsteady: true, watched: true });
  try {
    const stream = { calls: 60, rate: 100, seed: 5, burst: false };
    const report = plainReport(await loadTest({ stream, isVirtual: true, census, faults: true }, own.target, own));
    expect(report).toMatchObject({ calls: 60, wrong: 0, crossTalk: 0, deaths: 1, wrongCalls: [] });
    expect(report.troubled).toBeGreaterThan(0);
    const { transitions, taken, missed } = report.coverage!;
    expect([taken > 50, taken + missed.length]).toEqual([true, transitions]);
    expect(missed).toContain('information.sms.asking silence');
    expect(missed).not.toContain('mainMenu.choosing.asking key.2');
  } finally {
    await own.close();
  }
}, 60_000);

const knowing = { only: [knowsTheMenu] };

/** Now and then somebody hears what was meant for the caller before. */
function mixedUp(board: Switchboard): Switchboard {
  let [turns, before]: [number, SpokenTurn | null] = [0, null];
  return {
    ...board,
    async answer(request) {
      const [meant, forAnother] = [await board.answer(request), before];
      before = meant;
      return forAnother && turns++ % 10 === 9 ? forAnother : meant;
    },
  };
}

test('a switchboard that mixes up two callers is found', async () => {
  const report = await findings({ switchboard: mixedUp }, knowing);
  expect(report.crossTalk).toBeGreaterThan(0);
  expect(isAllRight(report)).toBe(false);
});

test('a bill that is wrong by one month is found, with what was heard and what is owed', async () => {
  const report = await findings(
    {
      membership: (members) => ({
        ...members,
        async findBill(cardNumber) {
          const bill = await members.findBill(cardNumber);
          return bill && { ...bill, arrears: bill.arrears + bill.currentMonth, total: bill.total + bill.currentMonth };
        },
      }),
    },
    knowing,
  );
  expect(report).toMatchObject({ crossTalk: 0 });
  expect(whatWasFound(report)).toMatch(
    /wrong: total(ToPay|ThisMonth) is not so: heard total \d+, people \d, should be/,
  );
  expect(report.wrongCalls[0]!.transcript.join('\n')).not.toMatch(/\d{4}/);
});

test('a member who is taken for somebody else without proof is found', async () => {
  const report = await findings(
    {
      membership: (members) => ({
        ...members,
        async findMember(number) {
          const member = await members.findMember(number);
          return member?.nik && number.kind === 'card' ? { ...member, nik: `${member.nik.slice(0, 12)}9999` } : member;
        },
      }),
    },
    { only: [fatFinger] },
  );
  expect(whatWasFound(report)).toMatch(/crossTalk: \w+ was told without proof/);
});

test('a server that answers a repeated turn otherwise is found', async () => {
  const taken = new Set<string>();
  const report = await findings(
    {
      switchboard: (board) => ({
        ...board,
        async answer(request) {
          const answer = await board.answer(request);
          const occasion = `${request.callId} ${request.turn}`;
          if (taken.has(occasion)) return { ...answer, say: answer.say.slice(1) };
          taken.add(occasion);
          return answer;
        },
      }),
    },
    { ...knowing, faults: true },
  );
  expect(whatWasFound(report)).toMatch(/wrong: a turn that came (twice|too late) was answered otherwise/);
});

test('a hotline that forgets calls is found', async () => {
  let turns = 0;
  const report = await findings(
    {
      switchboard: (board) => ({
        ...board,
        answer: (request) => board.answer(turns++ % 20 === 19 ? { ...request, turn: request.turn + 7 } : request),
      }),
    },
    knowing,
  );
  expect(whatWasFound(report)).toMatch(/wrong: the call was lost and began again/);
});

const bye = 'Terima kasih sudah menghubungi kami. Semoga sehat selalu.';
const spoken = (text: string, then: SpokenTurn['then'], nextTurn: number): SpokenTurn => ({
  say: [{ text, language: 'id' }],
  then,
  nextTurn,
});

test.each([
  ['hangs up on callers', '', { hangUp: true }, 'the line hung up without a good-bye'],
  [
    'passes everybody on to an officer',
    'Mohon tunggu. Anda kami sambungkan ke petugas.',
    { transfer: { to: 'officer', ringSeconds: 5 } },
    'an officer was called whom nobody needed',
  ],
  [
    'leads callers in a circle',
    'Untuk virtual account, tekan 1.',
    { listen: { for: 'key', seconds: 5 } },
    'a sentence was heard that the hotline does not have',
  ],
  [
    'tells nothing after the proof',
    'Untuk tagihan, tekan 1.',
    { listen: { for: 'key', seconds: 5 } },
    'nothing was told after the right proof',
  ],
] as const)('a hotline that %s is found', async (_, text, then, expected) => {
  const spoilt = (turn: number) => (turn < 6 ? spoken(text, then, turn + 1) : spoken(bye, { hangUp: true }, turn + 1));
  const report = await findings(
    {
      switchboard: (board) => ({
        ...board,
        answer: async (request) => (request.turn < 4 ? board.answer(request) : spoilt(request.turn)),
      }),
    },
    knowing,
  );
  expect(whatWasFound(report)).toContain(expected);
});

test('a hotline that leads a silent caller round and round is found, and the caller hangs up some time', async () => {
  const report = await findings(
    {
      switchboard: (board) => ({
        ...board,
        answer: async ({ turn }) =>
          spoken('Untuk tagihan, tekan 1.', { transfer: { to: 'officer', ringSeconds: 30 } }, turn + 1),
      }),
    },
    { calls: 2, only: [silent] },
  );
  expect(whatWasFound(report)).toContain('the call led nowhere, again and again');
});

test('a hotline that lets callers guess too often is found', async () => {
  const env = { LOOKUP_FAILURES_IN_15_MINUTES: '1000', LOOKUP_FAILURES_A_DAY: '1000' };
  const report = await findings({ env }, { only: [guesser] });
  expect([report.guessedTooOften, isAllRight(report)]).toEqual([true, false]);
});

test('a server that is slow for one turn of twenty shows in the 99th of a hundred, and not in the middle', async () => {
  let turns = 0;
  const report = await findings(
    {
      switchboard: (board) => ({
        ...board,
        async answer(request) {
          if (turns++ % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 400));
          return board.answer(request);
        },
      }),
    },
    knowing,
  );
  expect(report.p99ms).toBeGreaterThanOrEqual(400);
  expect(report.p50ms).toBeLessThan(400);
  expect(report.whatWasWrong).toEqual([]);
});
