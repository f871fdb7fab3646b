import Elk, { type ElkExtendedEdge, type ElkLabel, type ElkNode, type ElkPoint } from 'elkjs/lib/elk.bundled.js';
import type { Box } from '../console/told.ts';

/** What is to be placed: boxes, and arrows between them that may have a label. */
export type Plan = {
  boxes: readonly { id: string; width: number; height: number }[];
  arrows: readonly { id: string; from: string; to: string; label: Pick<Box, 'width' | 'height'> | null }[];
};

/** Where everything stands. */
export type Layout = {
  width: number;
  height: number;
  boxes: ReadonlyMap<string, Box>;
  lines: ReadonlyMap<string, { path: string; labelBox: Box | null }>;
};

type Direction = 'DOWN' | 'RIGHT';

/** Room around a drawing, and between boxes side by side. */
const MARGIN = 12;
const GAP = 18;

const style = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
  'elk.spacing.nodeNode': `${GAP}`,
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '3',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

// The package is CommonJS with types of a module: what it exports by default is a property of what is imported.
const elk = new Elk.default();

/** Corners of lines are rounded by so much. */
const CORNER = 6;

/** The width of a page on which a drawing is looked at without moving it. */
const PAGE = 1000;

/**
 * Finds a place for everything: from left to right, or downwards where that would be wider than the page. What no arrow
 * leads to or from stands in a row beneath.
 */
export async function layOutWithin({ boxes, arrows }: Plan): Promise<Layout> {
  const isTied = ({ id }: { id: string }) => arrows.some(({ from, to }) => from === id || to === id);
  const tied = { boxes: boxes.filter(isTied), arrows };
  const right = await layOut(tied, 'RIGHT');
  const layout = right.width <= PAGE ? right : await layOut(tied, 'DOWN');
  return withRow(
    layout,
    boxes.filter((box) => !isTied(box)),
  );
}

function withRow({ width, height, boxes, lines }: Layout, row: Plan['boxes']): Layout {
  if (row.length === 0) return { width, height, boxes, lines };
  let x = MARGIN;
  const placed = row.map((box) => {
    const here = { x, y: height, width: box.width, height: box.height };
    x += box.width + GAP;
    return [box.id, here] as const;
  });
  return {
    width: Math.max(width, x - GAP + MARGIN),
    height: height + Math.max(...row.map((box) => box.height)) + MARGIN,
    boxes: new Map([...boxes, ...placed]),
    lines,
  };
}

async function layOut(plan: Plan, direction: Direction): Promise<Layout> {
  const placed: ElkNode = await elk.layout({
    id: 'drawing',
    layoutOptions: { ...style, 'elk.direction': direction },
    children: plan.boxes.map((box) => ({ ...box })),
    edges: plan.arrows.map(({ id, from, to, label }) => ({
      id,
      sources: [from],
      targets: [to],
      labels: label ? [{ text: id, ...label, layoutOptions: { 'elk.edgeLabels.inline': 'true' } }] : [],
    })),
  });
  return {
    width: Math.ceil(placed.width!),
    height: Math.ceil(placed.height!),
    boxes: new Map(placed.children!.map((child) => [child.id, boxOf(child)])),
    lines: new Map(placed.edges!.map((edge) => [edge.id!, lineOf(edge)])),
  };
}

const boxOf = ({ x, y, width, height }: ElkNode | ElkLabel): Box => ({
  x: Math.round(x!),
  y: Math.round(y!),
  width: Math.round(width!),
  height: Math.round(height!),
});

function lineOf({ sections, labels }: ElkExtendedEdge) {
  const [{ startPoint, bendPoints = [], endPoint }] = sections as [NonNullable<typeof sections>[number]];
  const label = labels?.[0];
  return { path: roundedLine([startPoint, ...bendPoints, endPoint]), labelBox: label ? boxOf(label) : null };
}

/** A line through these points as an SVG path. */
function roundedLine(points: readonly ElkPoint[]): string {
  const steps = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before) return `M${inPrint(point)}`;
    if (!after) return `L${inPrint(point)}`;
    return `L${inPrint(towards(point, before))}Q${inPrint(point)} ${inPrint(towards(point, after))}`;
  });
  return steps.join('');
}

/** The point a corner's length away, or half way where that is nearer. */
function towards(corner: ElkPoint, other: ElkPoint): ElkPoint {
  const [dx, dy] = [other.x - corner.x, other.y - corner.y];
  const part = Math.min(0.5, CORNER / Math.hypot(dx, dy));
  return { x: corner.x + dx * part, y: corner.y + dy * part };
}

const inPrint = ({ x, y }: ElkPoint) => `${Math.round(x * 2) / 2},${Math.round(y * 2) / 2}`;
