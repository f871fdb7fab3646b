import { callflows, firstFlow, onTheWay } from '../callflows/index.ts';
import { sharedByAll } from './call/machineStep.ts';
import { rememberedCalls } from './call/rememberedCalls.ts';
import { newSession } from './call/session.ts';
import { createSwitchboard, type Patience, type RecordedCall, type Switchboard } from './call/switchboard.ts';
import { inWords } from './call/words.ts';
import type { Settings } from './config.ts';
import type { Log } from './log.ts';
import { createEnquiries } from './membership/enquiries.ts';
import { inOwnWords } from './membership/inOwnWords.ts';
import { type LookupBegins, reported } from './membership/lookups.ts';
import type { MembershipService } from './membership/membership.ts';
import type { Store } from './store/store.ts';

/** What calls are answered with. */
type ExchangeParts = {
  settings: Settings;
  store: Store;
  membership: MembershipService;
  log: Log;
  now: () => Date;
  /** A name for how calls go in this release. */
  flowVersion?: string | null;
  onRecord: (call: RecordedCall) => void;
  /** How long callers are patient; as the settings say unless given. */
  patience?: Patience;
  onLookup?: LookupBegins;
};

/** Patience of so many milliseconds. */
const patienceOf =
  (ms: number): Patience =>
  (isUp) => {
    const alarm = setTimeout(isUp, ms);
    return () => clearTimeout(alarm);
  };

/** The switchboard with every flow there is, on these members and this store. */
export function exchange({ settings, store, membership, log, now, ...given }: ExchangeParts): Switchboard {
  const { patience = patienceOf(settings.askToWaitAfterMs), onRecord, onLookup, flowVersion = null } = given;
  const enquiries = createEnquiries({
    members: membership,
    failures: store.failures,
    limits: { failuresIn15Minutes: settings.lookupFailuresIn15Minutes, failuresADay: settings.lookupFailuresADay },
    deadlineMs: settings.membershipDeadlineMs,
    now,
    onTrouble: (error, callId) => log.trouble('the membership service could not tell', inOwnWords(error), callId),
    onUnreleased: (error, callId) => log.trouble('a lookup could not be released, it counts as failed', error, callId),
  });
  const session = sharedByAll(newSession({ writeOffAnnounced: settings.writeOffAnnouncement }));
  const clock = () => performance.now();
  return createSwitchboard({
    flows: callflows,
    firstFlow,
    newSession: () => session,
    enquiries: onLookup ? reported(enquiries, onLookup, clock) : enquiries,
    store: rememberedCalls(store.calls),
    patience,
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
