import { goAsRecordedWhenDeliveredTwice } from './deliveredTwice.ts';
import { recordedCalls } from './recordedCalls.ts';

goAsRecordedWhenDeliveredTwice(recordedCalls);
