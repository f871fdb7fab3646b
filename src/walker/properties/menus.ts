import type { PromptKey } from '../../../prompts/prompts.ts';
import { placeName } from '../../call/call.ts';
import { inWords } from '../../call/words.ts';
import type { Property } from '../failure.ts';
import { turnsFrom } from '../graph.ts';
import type { Moment } from '../moment.ts';
import type { Turn } from '../walk.ts';

/** Keys that menus choose by; the others mean the same everywhere. */
const choices = [...'1234567'];

const refused: PromptKey = 'wrongKey';

/** The keys that were named in what was said at a moment. */
function named({ stored: { state } }: Moment): Set<string> {
  const { language } = state.place.context.session;
  const words = state.said.map((utterance) => inWords(utterance, language).text).join(' ');
  return new Set([...words.matchAll(/(?:tekan|press) (\d)/g)].map(([, key]) => key!));
}

const isRefused = ({ after }: Turn) => after?.stored.state.said.some(({ prompt }) => prompt === refused) ?? false;
const isBy = (key: string) => (turn: Turn) => turn.step.act.does === 'presses' && turn.step.act.keys === key;

const menusSayTheirKeys: Property = {
  name: 'a menu hears the keys that it names, and names those that it hears',
  failures(walked) {
    const from = turnsFrom(walked);
    return walked.moments.flatMap((moment, index) => {
      const { rest } = moment.stored.state;
      if (!('listen' in rest) || rest.listen.for !== 'key') return [];
      const offered = named(moment);
      return choices.flatMap((key) => {
        const turn = from[index]!.find(isBy(key));
        if (!turn || turn.troubles.length > 0 || isRefused(turn) !== offered.has(key)) return [];
        const wrong = offered.has(key) ? 'is named and not heard' : 'is heard and not named';
        return [{ why: `${key} ${wrong} at ${placeName(moment.stored.state)}`, steps: [...moment.steps, turn.step] }];
      });
    });
  },
};

/** What must be true of what menus offer. */
export const ofMenus: readonly Property[] = [menusSayTheirKeys];
