import { useEffect, useMemo, useState } from 'react';
import { Calls } from './calls/Calls.tsx';
import { Header } from './Header.tsx';
import { Inside } from './inside/Inside.tsx';
import { FlowMap } from './map/FlowMap.tsx';
import { Phone } from './phone/Phone.tsx';
import { useLine } from './phone/useLine.ts';
import { Tabs } from './Tabs.tsx';
import type { About, ShownStep } from './talk.ts';
import type { MapDrawing } from './told.ts';
import { useJson } from './useJson.ts';
import { useSetting } from './useSetting.ts';
import { languages, type PageLanguage, WordsInUse } from './words.ts';

/** The whole page: the telephone, the map on which the call moves, and what is inside it and around it. */
export function Console() {
  const [language, setLanguage] = useSetting<PageLanguage>('language', 'id');
  const words = languages[language];
  const { state, line } = useLine();
  const map = useJson<MapDrawing>('map.json');
  const about = useJson<About>('about.json');
  const [isWide, setWide] = useState(false);
  const [replayed, setReplayed] = useState<readonly ShownStep[] | null>(null);
  const turns = state.call?.turns;
  const live = useMemo(() => turns?.at(-1)?.steps ?? [], [turns]);
  const ticket = state.call?.ticket;

  // A new call takes the map from the one that was replayed.
  useEffect(() => setReplayed(null), [ticket]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.console;
  }, [language, words]);

  return (
    <WordsInUse value={words}>
      <a className="skip" href="#telephone">
        {words.skip}
      </a>
      <Header language={language} onLanguage={setLanguage} canLogOut={about?.canLogOut ?? false} />
      <main data-wide={isWide}>
        <Phone state={state} line={line} numbers={about?.numbers ?? []} />
        <FlowMap
          map={map}
          steps={replayed ?? live}
          language={language}
          isWide={isWide}
          onWide={() => setWide(!isWide)}
        />
        <Tabs
          label={`${words.inside}, ${words.calls}`}
          tabs={[
            { name: 'inside', title: words.inside, body: <Inside turns={state.call?.turns ?? []} /> },
            {
              name: 'calls',
              title: words.calls,
              body: <Calls map={map} language={language} onReplay={setReplayed} />,
            },
          ]}
        />
      </main>
    </WordsInUse>
  );
}
