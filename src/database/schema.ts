import type { ColumnType } from 'kysely';
import type { Unsealed } from './seal.ts';

/** Bytes that are sealed by whoever writes them. */
type Sealed = ColumnType<Uint8Array | null, Unsealed | null, Unsealed | null>;

/** Every table there is, as both kinds of database have it. Times are in milliseconds since 1970. */
export type Schema = {
  /** A call under way has a state; of one that is over a record is left, if any, and its turn is -1. Both are sealed. */
  calls: { call: string; turn: number; state: Sealed; at: number; record: Sealed };
  /** For whom and on which occasion a lookup failed, as keyed hashes. */
  failed_lookups: { subject: Uint8Array; occasion: Uint8Array; at: number };
  /** One row, sealed with the key that all the others are sealed with. */
  key_check: { id: number; sealed: Uint8Array };
  /** What holds for a family as a whole, for the release before this one. `paid_through` is a month, `YYYY-MM`. */
  families: { id: number; segment: string; care_class: number; paid_through: string | null };
  /**
   * A member with the family's terms and `family_codes`, the status codes of everybody in it, with commas between. The
   * release before this one leaves these empty (`family_codes` is null): they are in `families` and with the others then.
   */
  members: {
    card_number: string;
    nik: string | null;
    status_code: string;
    family: number;
    segment: string | null;
    care_class: number | null;
    paid_through: string | null;
    family_codes: string | null;
  };
  /** One row: which population is being laid, or lies there whole (`complete` is 1). */
  population: { members: number; seed: number; complete: number };
};
