import { goAsRecordedWhenDeliveredTwice } from './deliveredTwice.ts';
import { someCalls } from './recordedCalls.ts';

goAsRecordedWhenDeliveredTwice(someCalls);
