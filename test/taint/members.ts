import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';
import { billFor } from '../../src/membership/rules.ts';
import { bhaskara, memberOf, zulaikha } from './people.ts';

/** How the membership service is: it knows, is out of order, hangs, or talks nonsense with more than it was asked for. */
export type Health = 'well' | 'down' | 'slow' | 'page' | 'half' | 'other' | 'unread' | 'blunt';

/** The day of these calls. */
export const today = '2026-11-21';

/** A page in the place of an answer, with somebody's name and number on it. */
const errorPage = `<html><p>${zulaikha.name}, ${zulaikha.card.slice(0, 8)} ${zulaikha.card.slice(8)}</p></html>`;
const told = `${zulaikha.name} (card ${zulaikha.card}, NIK ${zulaikha.nik.match(/.{1,3}/g)!.join('-')})`;

/** What a service does instead of answering. */
const nonsense: Record<Exclude<Health, 'well'>, () => unknown> = {
  down: () => Promise.reject(new MembershipUnavailable('out of order', { cause: new Error(`no row for ${told}`) })),
  slow: () => new Promise(() => {}),
  page: () => errorPage,
  half: () => ({ ...memberOf(zulaikha), segment: told, total: told }),
  other: () => memberOf(bhaskara),
  unread: () => JSON.parse(zulaikha.name),
  blunt: () => Promise.reject(new RangeError(`${told} is not in this table`)),
};

/** Members who are well known to a service that is well. */
export function ownMembers() {
  const state: { health: Health } = { health: 'well' };
  const ask = async <Answer>(answer: () => Answer): Promise<Answer> =>
    state.health === 'well' ? answer() : ((await nonsense[state.health]()) as Answer);
  const everybody = [zulaikha, bhaskara].map(memberOf);
  const membership: MembershipService = {
    findMember: ({ kind, digits }) =>
      ask(() => everybody.find((one) => (kind === 'card' ? one.cardNumber : one.nik) === digits) ?? null),
    findBill: (cardNumber) =>
      ask(() =>
        billFor({ cardNumber, segment: 'mandiri', familySize: 3, careClass: 2, paidThrough: '2026-08', today }),
      ),
    breaker: () => (state.health === 'well' ? 'closed' : 'open'),
  };
  return { membership, state };
}

export type OwnMembers = ReturnType<typeof ownMembers>;

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

/** The same members on another machine: what they say instead of answering goes over the wire as it is. */
export async function farMembers({ membership, state }: OwnMembers) {
  const server = createServer(async (request, response) => {
    const asked = (await json(request)) as { number: never; cardNumber: string };
    if (state.health === 'page') return respond(response, 200, 'text/html', errorPage);
    if (state.health === 'unread') return respond(response, 200, 'application/json', `{"member":{"name":"${told}`);
    try {
      const answer = request.url?.endsWith('/find-member')
        ? { member: await membership.findMember(asked.number) }
        : { cardNumber: asked.cardNumber, bill: await membership.findBill(asked.cardNumber) };
      respond(response, 200, 'application/json', JSON.stringify(answer));
    } catch (error) {
      respond(response, 500, 'text/plain', String((error as Error).cause ?? error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/membership`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
