import { useWords } from '../words.ts';

type How = 'answers' | 'busy' | 'no-answer';

/** The telephone at the other end, while it rings: the tester decides for the officer. */
export function OtherEnd({ decide }: { decide: (how: How) => void }) {
  const words = useWords();
  const choices: [How, string][] = [
    ['answers', words.officerAnswers],
    ['busy', words.officerBusy],
    ['no-answer', words.officerStaysAway],
  ];
  return (
    <fieldset className="otherEnd">
      <legend>{words.officerRings}</legend>
      {choices.map(([how, title]) => (
        <button key={how} type="button" onClick={() => decide(how)}>
          {title}
        </button>
      ))}
    </fieldset>
  );
}
