import { goAsRecordedWhenKilled } from './killedAtEveryTurn.ts';
import { recordedCalls } from './recordedCalls.ts';

goAsRecordedWhenKilled(recordedCalls, console.log);
