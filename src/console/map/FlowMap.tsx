import { useEffect, useState } from 'react';
import type { ShownStep } from '../talk.ts';
import type { MapDrawing } from '../told.ts';
import { useWords, type Words } from '../words.ts';
import { DrawingOf } from './DrawingOf.tsx';
import { SaidHere } from './SaidHere.tsx';
import { trailIn } from './trail.ts';

type FlowMapProps = {
  map: MapDrawing | null;
  steps: readonly ShownStep[];
  language: string;
  /** Whether it has the room of what stands beside it. */
  isWide: boolean;
  onWide: () => void;
};

/** Every flow, drawn from its machine; where a call stands is lit, and the way that it came is drawn. */
export function FlowMap({ map, steps, language, isWide, onWide }: FlowMapProps) {
  const words = useWords();
  const [seen, setSeen] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const last = steps.at(-1);
  const standsIn = last?.place.split('.')[0] ?? null;

  // The map follows the call from flow to flow; whoever looks elsewhere meanwhile may do so until the next turn.
  // Each turn of the call, also one within a flow.
  useEffect(() => {
    setSeen(standsIn);
    setChosen(null);
  }, [standsIn, steps.length]);

  if (!map) return <section className="map" aria-label={words.map} aria-busy="true" />;
  const flow = map.flows.find((one) => one.flow === seen) ?? null;
  const trail = trailIn(steps);
  const show = (name: string | null) => {
    setSeen(name);
    setChosen(null);
  };
  return (
    <section className="map" aria-label={words.map}>
      <nav aria-label={words.flows}>
        <button type="button" aria-current={flow === null} onClick={() => show(null)}>
          {words.overview}
        </button>
        {map.flows.map(({ flow: name }) => (
          <button
            key={name}
            type="button"
            aria-current={name === seen}
            data-lit={name === standsIn}
            onClick={() => show(name)}
          >
            {words.flowNames[name as keyof typeof words.flowNames] ?? name}
          </button>
        ))}
        <button type="button" className="wide" onClick={onWide}>
          {isWide ? words.narrowMap : words.wideMap}
        </button>
      </nav>
      <p className="about">{flow && (words.flowAbout[flow.flow as keyof Words['flowAbout']] ?? flow.description)}</p>
      <DrawingOf map={map} flow={flow} trail={trail} chosen={chosen} onChoose={flow ? setChosen : show} />
      {flow && <SaidHere state={flow.states.find(({ id }) => id === chosen) ?? null} language={language} />}
    </section>
  );
}
