import { useEffect } from 'react';

/** Has the browser ask whoever leaves or reloads the page during a call, since that hangs up. */
export function useLeaveWarning(isCalling: boolean): void {
  useEffect(() => {
    if (!isCalling) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isCalling]);
}
