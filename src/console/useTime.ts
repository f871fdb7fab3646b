import { useEffect, useState } from 'react';

/** The browser's clock in milliseconds, read so often while time matters. */
export function useTime(everyMs: number | null): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (everyMs === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
