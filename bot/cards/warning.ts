import type { Finding } from '../domain/betray.ts';
import { shorten } from '../domain/words.ts';
import type { CardData } from './data.ts';
import type { Say } from './say.ts';

type Warning = Pick<CardData['write'], 'warns' | 'found' | 'shown'>;

/** A form in which nothing is looked for. */
export const noWarning: Warning = { warns: false, found: [], shown: '' };

interface Looked {
  found?: readonly Finding[];
  shown?: readonly string[];
}

/**
 * What was found in the words of a form, and which kinds its writer was shown by now. The kinds travel with the form, so
 * that nothing has to be kept until it comes back; whoever forges them only spares themselves the question.
 */
export function toWarning(say: Say, { found = [], shown = [] }: Looked): Warning {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return {
    warns: found.length > 0,
    found: kinds.map((kind) => ({
      what: say(`warning.${kind}`),
      quoted: quote(
        say,
        found.filter((one) => one.kind === kind),
      ),
    })),
    shown: [...new Set([...shown, ...kinds])].join(','),
  };
}

/** A text can be full of them: three are enough to see what is meant. */
const QUOTED = 3;

function quote(say: Say, found: readonly Finding[]): string {
  const quoted = found.slice(0, QUOTED).map(({ words }) => say('warning.quoted', { words: shorten(words, 60) }));
  const more = found.length - quoted.length;
  return more === 0 ? quoted.join(', ') : say('warning.more', { quoted: quoted.join(', '), count: more });
}
