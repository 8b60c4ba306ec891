import { diff } from '../domain/diff.ts';
import type { Question } from '../domain/question.ts';
import type { CardData } from './data.ts';
import type { Say } from './say.ts';
import { toLines } from './words.ts';

type Proposed = Pick<CardData['my-question'], 'hasEdit' | 'editReason' | 'diff' | 'edited' | 'proposal'>;
type Run = Proposed['diff'][number]['runs'][number];

const NONE: Proposed = { hasEdit: false, editReason: '', diff: [], edited: [], proposal: '' };

const STAYS = { isRemoved: false, isAdded: false };

/** Of words that stay, so much is shown around a change of a long text. */
const AROUND = 160;
const LONG = 3000;

/** Other words that a curator proposes, beside those that they would take the place of. */
export function toEdit(say: Say, { edit, words }: Question): Proposed {
  if (edit?.state !== 'proposed') return NONE;
  return {
    hasEdit: true,
    editReason: say('mine.edit.reason', { curator: edit.by, reason: edit.reason }),
    diff: toDiff(words, edit.words),
    edited: toLines(edit.words),
    proposal: edit.id,
  };
}

/** A block for each line, because a line break inside a block is lost. */
function toDiff(before: string, after: string): Proposed['diff'] {
  const isLong = before.length + after.length > LONG;
  const lines: Run[][] = [[]];
  for (const { is, text } of diff(before, after)) {
    // What takes the place of something stands apart from it.
    if (is === 'added' && lines.at(-1)?.at(-1)?.isRemoved) lines.at(-1)?.push({ ...STAYS, text: ' ' });
    const shown = isLong && is === 'kept' ? around(text) : text;
    for (const [at, part] of shown.split('\n').entries()) {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, isRemoved: is === 'removed', isAdded: is === 'added' });
    }
  }
  return lines.filter((runs) => runs.length > 0).map((runs) => ({ runs }));
}

const around = (text: string): string =>
  text.length <= 2 * AROUND ? text : `${text.slice(0, AROUND)} … ${text.slice(-AROUND)}`;
