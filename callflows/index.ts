import { bill } from './bill.ts';
import { identify } from './identify.ts';
import { information } from './information.ts';
import { mainMenu } from './mainMenu.ts';
import { membershipDetails } from './membershipDetails.ts';
import { membershipStatus } from './membershipStatus.ts';
import { officer } from './officer.ts';
import { prove } from './prove.ts';
import { reactivation } from './reactivation.ts';

/** Every conversation there is, by the name under which others hand over to it. */
export const callflows = {
  mainMenu,
  identify,
  prove,
  membershipStatus,
  membershipDetails,
  bill,
  reactivation,
  information,
  officer,
};

/** Where a call begins. */
export const firstFlow = 'mainMenu';

/** The flows that only lead to an answer: who hangs up in them has had none, nor from an officer who does not pick up. */
export const onTheWay: readonly string[] = ['mainMenu', 'identify', 'prove', 'officer'];
