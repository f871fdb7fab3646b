import { goOnAfterAnHour } from './parked.ts';

goOnAfterAnHour(140);
