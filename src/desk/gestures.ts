import { z } from 'zod';
import type { FromPage } from '../console/talk.ts';

const n = z.int().positive();
const telephoneNumber = z.string().regex(/^\+?\d{3,15}$/);

const fromPage = z.discriminatedUnion('do', [
  z.object({ do: z.literal('call'), from: telephoneNumber.nullable() }),
  z.object({
    do: z.literal('resume'),
    ticket: z.string().max(64),
    arrived: z.int().nonnegative(),
    baton: z.string().max(16_384).nullable(),
  }),
  z.object({ do: z.literal('press'), n, key: z.string().regex(/^[0-9*#]$/) }),
  z.object({ do: z.literal('officer'), n, how: z.enum(['answers', 'busy', 'no-answer']) }),
  z.object({ do: z.literal('hangUp'), n }),
  z.object({ do: z.literal('copy') }),
]) satisfies z.ZodType<FromPage>;

/** What a message of the page means; null where it is none of those that a telephone understands. */
export function gestureIn(message: string): FromPage | null {
  try {
    return fromPage.safeParse(JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}
