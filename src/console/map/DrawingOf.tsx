import { useEffect, useRef } from 'react';
import type { DrawnArrow, DrawnFlow, DrawnState, MapDrawing } from '../told.ts';
import { useWords } from '../words.ts';
import { between, lightOf, type Trail } from './trail.ts';

type DrawingProps = {
  map: MapDrawing;
  /** One flow, or null for all of them. */
  flow: DrawnFlow | null;
  trail: Trail;
  chosen: string | null;
  onChoose: (id: string) => void;
};

const MARGIN = 12;
/** From this width on (pixels) a drawing is rather moved than made small. */
const LARGE = 600;

/** A drawing as the server laid it out: boxes that can be chosen, and the arrows between them. */
export function DrawingOf({ map, flow, trail, chosen, onChoose }: DrawingProps) {
  const words = useWords();
  const { width, height, arrows } = flow ?? map.overview;
  const size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  const marks = flow ? trail : flowsIn(trail);
  const here = flow?.states.find(({ id }) => id === marks.standsAt);
  const sheet = useScrollTo(here ? (here.x + here.width / 2) / width : 0);
  const label = flow ? `${words.map}: ${flow.flow}` : words.overview;
  return (
    <div className="drawing" ref={sheet} data-large={size.width > LARGE}>
      <svg viewBox={`${-MARGIN} ${-MARGIN} ${size.width} ${size.height}`} {...size} aria-label={label}>
        <defs>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" fill="context-stroke" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <Arrow
            key={between(arrow.from, arrow.to)}
            arrow={arrow}
            light={lightOf(marks, between(arrow.from, arrow.to))}
          />
        ))}
        {flow
          ? flow.states.map((state) => (
              <State
                key={state.id}
                state={state}
                kind={words.kinds[state.kind]}
                light={lightOf(marks, state.id)}
                isHere={state.id === marks.standsAt}
                isChosen={state.id === chosen}
                onChoose={onChoose}
              />
            ))
          : map.overview.flows.map((one) => (
              <State
                key={one.flow}
                state={{ ...one, id: one.flow, kind: 'handover', title: one.flow, note: null, quiet: false }}
                kind={one.description}
                light={lightOf(marks, one.flow)}
                isHere={one.flow === marks.standsAt}
                isChosen={false}
                onChoose={onChoose}
              />
            ))}
      </svg>
    </div>
  );
}

/** The trail as all flows see it: which of them the call went through. */
function flowsIn({ standsAt, now, before }: Trail): Trail {
  const flow = (mark: string) => mark.split(' ').map((id) => id.split('.')[0]);
  const seen = (marks: ReadonlySet<string>) =>
    new Set([...marks].flatMap((mark) => [flow(mark)[0]!, flow(mark).join(' ')]));
  return { standsAt: standsAt?.split('.')[0] ?? null, now: seen(now), before: seen(before) };
}

/** Whether a label names keys, which are what one looks for on a map of menus. */
const isKey = (label: readonly string[]) => /^[\d*# /]+$/.test(label.join(' '));

function Arrow({ arrow, light }: { arrow: DrawnArrow; light: string }) {
  const { path, label, labelBox, quiet, bothWays } = arrow;
  return (
    <g className="arrow" data-light={light} data-quiet={quiet}>
      <path d={path} markerEnd="url(#tip)" {...(bothWays && { markerStart: 'url(#tip)' })} />
      {labelBox && (
        <text data-key={isKey(label)}>
          {label.map((line, index) => (
            <tspan
              key={line}
              x={labelBox.x + labelBox.width / 2}
              y={labelBox.y + ((index + 0.8) * labelBox.height) / label.length}
            >
              {line}
            </tspan>
          ))}
        </text>
      )}
    </g>
  );
}

/** Moves a drawing that is wider than its sheet to where the call stands: a share of its width. */
function useScrollTo(share: number) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = sheet;
    if (current) current.scrollLeft = share * current.scrollWidth - current.clientWidth / 2;
  }, [share]);
  return sheet;
}

type DrawnBox = Pick<DrawnState, 'id' | 'kind' | 'title' | 'note' | 'quiet' | 'first' | 'x' | 'y' | 'width' | 'height'>;

type StateProps = {
  state: DrawnBox;
  kind: string;
  light: string;
  isHere: boolean;
  isChosen: boolean;
  onChoose: (id: string) => void;
};

const signs = { question: '?', number: '#', service: '⚙', transfer: '☎', handover: '➜', ending: '■', passing: '' };

function State({ state, kind, light, isHere, isChosen, onChoose }: StateProps) {
  const { id, x, y, width, height, title, note, quiet, first } = state;
  const sign = signs[state.kind];
  const middle = y + height / 2;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons in a drawing
    <g
      className="state"
      role="button"
      tabIndex={0}
      aria-label={[title, note, kind].filter(Boolean).join(', ')}
      aria-pressed={isChosen}
      aria-current={isHere ? 'step' : undefined}
      data-kind={state.kind}
      data-light={light}
      data-quiet={quiet}
      data-first={first}
      onClick={() => onChoose(id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(id);
      }}
    >
      <rect x={x} y={y} width={width} height={height} rx={state.kind === 'passing' ? height / 2 : 8} />
      {sign && (
        <text className="sign" x={x + 12} y={middle}>
          {sign}
        </text>
      )}
      <text className="title" x={x + (sign ? 30 : width / 2)} y={note ? middle - 7 : middle} data-centred={!sign}>
        {title}
      </text>
      {/* Or who says aloud what is seen reads both as one word. */}
      {note && ' '}
      {note && (
        <text className="note" x={x + (sign ? 30 : width / 2)} y={middle + 9} data-centred={!sign}>
          {note}
        </text>
      )}
    </g>
  );
}
