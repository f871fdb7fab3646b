import { languages, type PageLanguage, useWords } from './words.ts';

/** The name of the house, and in which language the page is read. */
export function Header({ language, onLanguage }: { language: PageLanguage; onLanguage: (to: PageLanguage) => void }) {
  const words = useWords();
  return (
    <header>
      <h1>
        <span aria-hidden="true" className="mark" />
        1500&thinsp;400
      </h1>
      <fieldset className="choice">
        <legend className="unseen">{words.language}</legend>
        {(Object.keys(languages) as PageLanguage[]).map((one) => (
          <label key={one}>
            <input type="radio" name="language" checked={one === language} onChange={() => onLanguage(one)} />
            <span>{one.toUpperCase()}</span>
          </label>
        ))}
      </fieldset>
    </header>
  );
}
