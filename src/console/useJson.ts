import { useEffect, useState } from 'react';

/** What the server has at this address; null until it is there. */
export function useJson<T>(address: string): T | null {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    fetch(address)
      .then((response) => response.json())
      .then((found: T) => setValue(found))
      .catch(() => {});
  }, [address]);
  return value;
}
