import { languages, type PageLanguage, useWords } from './words.ts';

type HeaderProps = { language: PageLanguage; onLanguage: (to: PageLanguage) => void; canLogOut: boolean };

/** The name of the house, in which language the page is read, and the way out. */
export function Header({ language, onLanguage, canLogOut }: HeaderProps) {
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
      {canLogOut && (
        <form method="post" action="logout">
          <button type="submit">{words.logOut}</button>
        </form>
      )}
    </header>
  );
}
