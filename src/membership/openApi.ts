import { z } from 'zod';
import { bill, contract, member, problem } from './contract.ts';

type Question = (typeof contract)[keyof typeof contract];

const named = { Member: member, Bill: bill, Problem: problem };

/** The shapes that are referred to by name, as JSON Schema. Made from what requests and answers are checked by. */
function schemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  const all = Object.entries(contract).flatMap(([name, { question, answer }]) => [
    [`${name}Question`, question] as const,
    [`${name}Answer`, answer] as const,
  ]);
  for (const [id, schema] of [...Object.entries(named), ...all]) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'input' });
  return Object.fromEntries(Object.entries(made.schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]));
}

const json = (name: string, type = 'application/json') => ({
  content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } },
});

/** Why there may be no answer, by HTTP status. */
const problems = {
  400: 'The question is not understood. The detail names the field.',
  401: 'The key is missing or wrong.',
  413: 'The question is too large.',
  415: 'The question is not application/json.',
  503: 'Nobody can tell at this moment.',
};

const operation = (name: string, { summary }: Question) => ({
  post: {
    operationId: name,
    summary,
    requestBody: { required: true, ...json(`${name}Question`) },
    responses: {
      200: { description: 'The answer.', ...json(`${name}Answer`) },
      ...Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          status,
          { description, ...json('Problem', 'application/problem+json') },
        ]),
      ),
    },
  },
});

/** The contract as an OpenAPI 3.1 document, for a service that is reached at this address. */
export const openApi = (url: string) => ({
  openapi: '3.1.1',
  info: {
    title: 'Membership',
    version: '1.0.0',
    description:
      'Who is a member, and what is owed. Numbers of people stand in bodies and never in addresses. Answers may gain fields; questions with fields that are not known are refused.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url }],
  security: [{ key: [] }],
  paths: Object.fromEntries(
    Object.entries(contract).map(([name, question]) => [question.path, operation(name, question)]),
  ),
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'MEMBERSHIP_API_KEY.' } },
    schemas: schemas(),
  },
});
