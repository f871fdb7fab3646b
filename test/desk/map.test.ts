import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import { type PromptKey, prompts } from '../../prompts/prompts.ts';
import type { Box, MapDrawing } from '../../src/console/told.ts';
import { drawMap } from '../../src/desk/map.ts';
import { pictures } from '../../src/desk/pictures.ts';

let map: MapDrawing;
beforeAll(async () => {
  map = await drawMap();
});

const drawingOf = (flow: string) => map.flows.find((drawing) => drawing.flow === flow)!;

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** Those of these boxes that cover one another, or stand beyond the edge of their drawing. */
function misplaced(boxes: readonly Box[], { width, height }: { width: number; height: number }): Box[] {
  const fits = ({ x, y, ...box }: Box) => x >= 0 && y >= 0 && x + box.width <= width && y + box.height <= height;
  return boxes.filter((box) => !fits(box) || boxes.some((other) => other !== box && overlap(box, other)));
}

const labelsOf = ({ arrows }: Pick<MapDrawing['flows'][number], 'arrows'>) =>
  arrows.flatMap(({ labelBox }) => (labelBox ? [labelBox] : []));

describe.each(Object.entries(callflows))('the drawing of %s', (name, flow) => {
  test('shows every state, and says where the flow begins', () => {
    const { states } = drawingOf(name);
    expect(states.map(({ id }) => id)).toEqual(Object.keys(flow.root.states).map((state) => `${name}.${state}`));
    expect(states.filter(({ first }) => first)).toHaveLength(1);
  });

  test('shows every arrow of its picture', () => {
    const drawn = drawingOf(name).arrows.flatMap(({ from, to, events }) => events.map((by) => `${from} ${by} ${to}`));
    const arrows = pictures[name]!.arrows.filter(({ everywhere }) => !everywhere);
    expect(new Set(drawn)).toEqual(
      new Set(arrows.map(({ from, event, to }) => `${name}.${from} ${event} ${name}.${to}`)),
    );
  });

  test('covers nothing, and is no wider than a page', () => {
    const drawing = drawingOf(name);
    expect(misplaced([...drawing.states, ...labelsOf(drawing)], drawing)).toEqual([]);
    expect(drawing.width).toBeLessThanOrEqual(1000);
  });
});

test('the overview shows every flow once, and where a call begins', () => {
  const { overview } = map;
  expect(overview.flows.map(({ flow }) => flow)).toEqual(Object.keys(callflows));
  expect(overview.flows.filter(({ first }) => first).map(({ flow }) => flow)).toEqual([firstFlow]);
  expect(misplaced([...overview.flows, ...labelsOf(overview)], overview)).toEqual([]);
});

test('the overview leads from the menu to what its keys promise', () => {
  const keys = map.overview.arrows.filter(({ from, label }) => from === firstFlow && label.length > 0);
  expect(keys.map(({ to, label }) => `${label} ${to}`)).toEqual([
    '1 membershipStatus',
    '2 bill',
    '3 reactivation',
    '4 information',
  ]);
});

test('a state tells what is said there in both languages, with words for its blanks', () => {
  const state = drawingOf('bill').states.find(({ id }) => id === 'bill.owing')!;
  expect(state.says[2]).toEqual([
    {
      prompt: 'arrears',
      text: { id: 'Ada tunggakan {jumlah} bulan.', en: 'There are {months} months of arrears.' },
    },
  ]);
});

test('what is offered in the other language is told as it is heard', () => {
  const state = drawingOf('mainMenu').states.find(({ id }) => id === 'mainMenu.choosing')!;
  expect(state.says.flat().at(-1)!.text).toEqual({
    id: 'For English, press 8.',
    en: 'Untuk bahasa Indonesia, tekan 8.',
  });
});

test('no blank of an Indonesian sentence bears the name that programs know it by', () => {
  const lines = [
    ...map.flows.flatMap(({ states }) => states.flatMap(({ says }) => says)),
    ...map.everywhere.map(({ says }) => says),
  ].flat();
  const blanksOf = (prompt: string) =>
    [...prompts.id[prompt as PromptKey].matchAll(/\{(\w+)/g)].map(([, name]) => name);
  expect(lines.filter(({ prompt, text }) => blanksOf(prompt).some((name) => text.id!.includes(`{${name}}`)))).toEqual(
    [],
  );
});

test('what every question hears besides is told once', () => {
  const told = Object.fromEntries(map.everywhere.map(({ event, says }) => [event, says.map(({ prompt }) => prompt)]));
  expect(told).toMatchObject({
    'key.0': [],
    'key.8': [],
    'key.9': [],
    'key.*': ['wrongKey'],
    always: ['officerHelps', 'typeAgain', 'hereAgain'],
  });
});

test('the map is small enough to be sent at once', () => {
  expect(gzipSync(JSON.stringify(map)).length).toBeLessThan(60_000);
});
