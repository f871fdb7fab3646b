/** The day that every measured server takes for today: the invented members owe the same on each. */
export const TODAY = '2026-11-21';
