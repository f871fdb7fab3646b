import type { Asker, Enquiries } from './enquiries.ts';

/**
 * What came of a question about members: it was found (and what was typed fits), or not; the limits refused it; or
 * nobody could tell. Nothing says who asked, or about whom.
 */
export type LookupReport = {
  question: keyof Enquiries;
  outcome: 'found' | 'notFound' | 'refused' | 'unavailable';
  /** How long it took, in milliseconds. */
  ms: number;
};

/** Told that a question is asked; gives who is to be told what came of it. */
export type LookupBegins = (question: keyof Enquiries) => (report: LookupReport) => void;

type Answer = Awaited<ReturnType<Enquiries[keyof Enquiries]>>;

/** The same enquiries, of which each is reported when it is answered or has failed. `clock` gives milliseconds. */
export function reported(
  enquiries: (asker: Asker) => Enquiries,
  begins: LookupBegins,
  clock: () => number = () => performance.now(),
): (asker: Asker) => Enquiries {
  async function ask<A extends Answer>(question: keyof Enquiries, asking: () => Promise<A>): Promise<A> {
    const began = clock();
    const tell = begins(question);
    let outcome: LookupReport['outcome'] = 'unavailable';
    try {
      const answer = await asking();
      outcome = outcomeOf(answer);
      return answer;
    } finally {
      tell({ question, outcome, ms: clock() - began });
    }
  }
  return (asker) => {
    const { findMember, proveMember, findBill } = enquiries(asker);
    return {
      findMember: (question) => ask('findMember', () => findMember(question)),
      proveMember: (question) => ask('proveMember', () => proveMember(question)),
      findBill: (question) => ask('findBill', () => findBill(question)),
    };
  };
}

function outcomeOf(answer: Answer): LookupReport['outcome'] {
  if (answer === null) return 'notFound';
  if (!('tooManyTries' in answer)) return 'found';
  if (answer.tooManyTries) return 'refused';
  return ('identified' in answer ? answer.identified : answer.member) === null ? 'notFound' : 'found';
}
