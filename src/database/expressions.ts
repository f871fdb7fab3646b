import { expressionBuilder } from 'kysely';
import type { Schema } from './schema.ts';

/** Makes conditions that stand in several questions. */
export const expressions = expressionBuilder<Schema, never>();
