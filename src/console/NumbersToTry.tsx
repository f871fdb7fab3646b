import { useJson } from './useJson.ts';
import { useWords } from './words.ts';

type Member = { card: string; nik: string | null; who: string };

/** Members who exist only here: one click types their number into the call. */
export function NumbersToTry({ press }: { press: ((key: string) => void) | null }) {
  const words = useWords();
  const members = useJson<Member[]>('numbers.json') ?? [];
  const type = (digits: string) => {
    if (press) for (const key of `${digits}#`) press(key);
  };
  return (
    <details className="numbers">
      <summary>{words.tryThese}</summary>
      <p className="note">{words.tryHint}</p>
      <ul>
        {members.map(({ card, nik, who }) => (
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
