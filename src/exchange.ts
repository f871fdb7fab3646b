import { callflows, firstFlow, onTheWay } from '../callflows/index.ts';
import { newSession } from './call/session.ts';
import { createSwitchboard, type RecordedCall, type Switchboard } from './call/switchboard.ts';
import { inWords } from './call/words.ts';
import type { Settings } from './config.ts';
import type { Log } from './log.ts';
import { createEnquiries } from './membership/enquiries.ts';
import { inOwnWords } from './membership/inOwnWords.ts';
import { type LookupBegins, reported } from './membership/lookups.ts';
import type { MembershipService } from './membership/membership.ts';
import type { SqliteStore } from './store/sqlite.ts';

/** What calls are answered with. */
type ExchangeParts = {
  settings: Settings;
  store: SqliteStore;
  membership: MembershipService;
  log: Log;
  now: () => Date;
  /** A name for how calls go in this release. */
  flowVersion?: string | null;
  onRecord: (call: RecordedCall) => void;
  onLookup?: LookupBegins;
};

/** The switchboard with every flow there is, on these members and this store. */
export function exchange({ settings, store, membership, log, now, ...told }: ExchangeParts): Switchboard {
  const { onRecord, onLookup = () => () => {}, flowVersion = null } = told;
  const enquiries = createEnquiries({
    members: membership,
    failures: store.failures,
    limits: { failuresIn15Minutes: settings.lookupFailuresIn15Minutes, failuresADay: settings.lookupFailuresADay },
    deadlineMs: settings.membershipDeadlineMs,
    now,
    onTrouble: (error, callId) => log.trouble('the membership service could not tell', inOwnWords(error), callId),
  });
  const clock = () => performance.now();
  return createSwitchboard({
    flows: callflows,
    firstFlow,
    newSession: () => newSession({ writeOffAnnounced: settings.writeOffAnnouncement }),
    enquiries: reported(enquiries, onLookup, clock),
    store: store.calls,
    onTurn: log.turn,
    onRecord,
    onTheWay,
    flowVersion,
    now,
    clock,
  });
}

/** What callers in trouble hear, made at start, so that nothing is needed to say it. */
export function troubleSentences(): { transfer: string; goodbye: string; served: string } {
  return {
    transfer: inWords({ prompt: 'troubleOfficer' }, 'id').text,
    goodbye: inWords({ prompt: 'troubleGoodbye' }, 'id').text,
    served: inWords({ prompt: 'goodbye' }, 'id').text,
  };
}
