import type { About } from '../talk.ts';
import { useWords } from '../words.ts';

type NumbersProps = { numbers: About['numbers']; press: ((key: string) => void) | null };

/** Members who exist only here: one click types their number into the call. */
export function NumbersToTry({ numbers, press }: NumbersProps) {
  const words = useWords();
  const type = (digits: string) => {
    if (press) for (const key of `${digits}#`) press(key);
  };
  return (
    <details className="numbers">
      <summary>{words.tryThese}</summary>
      <p className="note">{words.tryHint}</p>
      <ul>
        {numbers.map(({ card, nik, who }) => (
          <li key={card}>
            <span lang="en">{who}</span>
            {[card, ...(nik ? [nik] : [])].map((digits) => (
              <button key={digits} type="button" aria-disabled={!press} onClick={() => type(digits)}>
                <span className="unseen">{words.typeIt} </span>
                {digits}
              </button>
            ))}
            <small>
              {words.proofIs}: {nik?.slice(-4) ?? '–'} / {card.slice(-4)}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
