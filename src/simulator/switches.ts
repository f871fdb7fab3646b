/** Where the carrier's own documentation leaves open what it does. */
export type Switches = {
  /** Whether an empty Gather result is sent as `Digits=` or without it. */
  emptyDigits: 'empty' | 'absent';
  /** Whether keys that nothing listens for are lost or kept for the next Gather. */
  typeAhead: 'drop' | 'buffer';
  /** Whether a Record in which nothing was said goes on with the next verb or tells its action. */
  emptyRecording: 'falls through' | 'tells the action';
  /** Whether a POST that is redirected by 307 or 308 stays one, or becomes a GET as by 302. */
  redirect307: 'keep' | 'get';
};

/** What the line does where nobody has chosen otherwise. */
export const usualSwitches: Switches = {
  emptyDigits: 'empty',
  typeAhead: 'drop',
  emptyRecording: 'falls through',
  redirect307: 'keep',
};
