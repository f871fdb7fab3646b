/** A line of the catalogue in every language, its blanks by their names in braces. */
export type Line = { prompt: string; text: Readonly<Record<string, string>> };

/** Where something stands on a drawing, in pixels from its upper left corner. */
export type Box = { x: number; y: number; width: number; height: number };

/** A state of a flow as it is drawn. */
export type DrawnState = Box & {
  /** `flow.state`, as the name of a place begins and as ways name it. */
  id: string;
  kind: 'question' | 'number' | 'service' | 'transfer' | 'handover' | 'ending' | 'passing';
  title: string;
  /** A second line: what is asked of whom. */
  note: string | null;
  /** Whether the flow begins here. */
  first: boolean;
  /** Whether it stays in the background: an officer takes over, or the call ends, as may happen anywhere. */
  quiet: boolean;
  /** The flow that goes on; null where none does or where it is the one that the caller wanted. */
  goTo: string | null;
  /** What may be said here, in this order; of each group one line or none. */
  says: readonly (readonly Line[])[];
};

/** An arrow as it is drawn: all that leads from one state to another. */
export type DrawnArrow = {
  from: string;
  to: string;
  /** By what: `key.1`, `key.star`, `number`, `answer`, `noAnswer`, `always`, `transferEnded`. */
  events: readonly string[];
  /** Line by line; no lines, no label. */
  label: readonly string[];
  labelBox: Box | null;
  /** Whether it stays in the background: a way back, or to an officer. */
  quiet: boolean;
  /** The line as the `d` of an SVG path; its tip stands at the end. */
  path: string;
  /** Whether the line has a tip at its beginning too. */
  bothWays: boolean;
};

/** One drawing: a flow, or all of them. */
export type Drawing = { width: number; height: number; arrows: readonly DrawnArrow[] };

/** A flow as it is drawn. */
export type DrawnFlow = Drawing & { flow: string; description: string; states: readonly DrawnState[] };

/**
 * All flows, each one box, and how they hand over to one another. An arrow with two tips leads there and back; those that
 * every flow has, to the menu and to an officer, are drawn once.
 */
export type Overview = Drawing & { flows: readonly (Box & { flow: string; description: string; first: boolean })[] };

/** What every question hears besides and what may be said to it; not drawn. */
export type Everywhere = { event: string; says: readonly Line[] };

/** The map of the hotline. */
export type MapDrawing = { overview: Overview; flows: readonly DrawnFlow[]; everywhere: readonly Everywhere[] };
