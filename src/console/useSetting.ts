import { useState } from 'react';

/** Something that this browser remembers of how the page is used. */
export function useSetting<T>(name: string, otherwise: T): [T, (to: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = quietly(() => JSON.parse(localStorage.getItem(name) ?? 'null') as unknown);
    return typeof kept === typeof otherwise ? (kept as T) : otherwise;
  });
  const change = (to: T) => {
    quietly(() => localStorage.setItem(name, JSON.stringify(to)));
    setValue(to);
  };
  return [value, change];
}

/** A browser that remembers nothing, or what nobody can read, is one that was never here. */
function quietly<R>(work: () => R): R | null {
  try {
    return work();
  } catch {
    return null;
  }
}
