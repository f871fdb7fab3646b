import { goOnAfterAnHour } from './parked.ts';

goOnAfterAnHour(10_000, console.log);
