import { useState } from 'react';

/** Something that this browser remembers of how the page is used. */
export function useSetting<T>(name: string, otherwise: T): [T, (to: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = localStorage.getItem(name);
    return kept === null ? otherwise : (JSON.parse(kept) as T);
  });
  const change = (to: T) => {
    localStorage.setItem(name, JSON.stringify(to));
    setValue(to);
  };
  return [value, change];
}
