import { useWords } from '../words.ts';

/** The keys of a telephone with their letters (ITU-T E.161). */
const keys = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

/** The keypad; without a call, and while nobody hears it, its keys do nothing, and say so. */
export function Keypad({ press, isIdle }: { press: (key: string) => void; isIdle: boolean }) {
  const words = useWords();
  return (
    <fieldset className="keypad" aria-label={words.keypad}>
      {keys.map(([key, letters]) => (
        <button key={key} type="button" aria-disabled={isIdle} onClick={() => !isIdle && press(key)}>
          <b>{key}</b>
          <small>{letters}</small>
        </button>
      ))}
    </fieldset>
  );
}
