import { owe, type Target } from './delivery.ts';
import { isPublished } from './publication.ts';
import {
  type MergedQuestion,
  next,
  notOpen,
  type OpenQuestion,
  type Question,
  withFace,
  type Wording,
} from './question.ts';
import type { Refusal } from './refusal.ts';
import { MAX_UNITS } from './words.ts';

/** So many other questions one question carries: each of their askers is told of what becomes of it. */
const MOST_WORDINGS = 20;

/**
 * Merges a question into another one that asks the same. The merged one says where it went, and is what counts: the other
 * carries its words because of that, see `carry`. One that carries others cannot be merged, and nothing is merged into a merged
 * one, so there are no chains.
 */
export function merge(question: Question, into: Question, by: string): Question | Refusal {
  if (question.state === 'merged' && question.into === into.id) return question;
  if (question.state !== 'open') return notOpen(question);
  if (question.id === into.id) return { refused: 'same-question' };
  if ((question.wordings ?? []).length > 0) return { refused: 'carries-others' };
  const carried = carry(into, { ...question, state: 'merged', into: into.id, by });
  if ('refused' in carried) return carried;
  const merged = next<MergedQuestion>({ ...question, state: 'merged', into: into.id, by });
  return owe(merged, { kind: 'notice' }, { kind: 'wording', into: into.id });
}

/** The merged question is open again, as it was. */
export function unmerge(question: Question): Question | Refusal {
  if (question.state === 'open') return question;
  if (question.state !== 'merged') return { refused: 'not-merged' };
  const { into, by: _by, ...rest } = question;
  return owe(next<OpenQuestion>({ ...rest, state: 'open' }), { kind: 'notice' }, { kind: 'wording', into });
}

/** Brings what a question carries of another one in line with where that one stands: a repeat changes nothing. */
export function carry(question: Question, of: Question): Question | Refusal {
  const wordings = question.wordings ?? [];
  const [known, wanted] = [wordings.find(({ id }) => id === of.id), wordingFor(question, of)];
  if (wanted === undefined) return known === undefined ? question : letGo(question, of);
  if (known !== undefined && isSame(known, wanted)) return question;
  if (known !== undefined)
    return withFace({ ...question, wordings: wordings.map((one) => (one === known ? wanted : one)) });
  if (question.state !== 'open' && question.state !== 'answered')
    return { refused: 'cannot-carry', state: question.state };
  const all = [...wordings, wanted];
  const units = all.reduce((sum, { words }) => sum + words.length, question.words.length);
  if (all.length > MOST_WORDINGS || units > MAX_UNITS) return { refused: 'carries-too-much' };
  return owe(withFace({ ...question, wordings: all }), { kind: 'notice' });
}

function wordingFor(question: Question, of: Question): Wording | undefined {
  if (of.state !== 'merged' || of.into !== question.id) return undefined;
  const { id, words, week, signed } = of;
  return { id, words, week, ...(signed === undefined ? {} : { signed }) };
}

const isSame = (a: Wording, b: Wording): boolean => a.words === b.words && a.signed === b.signed;

/** Whoever took their question back takes along what they said in this thread, but for what was published of it. */
function letGo(question: Question, of: Question): Question {
  const agreed = question.state === 'answered' ? question.agreed : [];
  const isErased = (entry: { id: string; of?: string }) =>
    of.state === 'withdrawn' && entry.of === of.id && !agreed.includes(entry.id);
  return withFace({
    ...question,
    wordings: (question.wordings ?? []).filter(({ id }) => id !== of.id),
    thread: question.thread.filter((entry) => !isErased(entry)),
  });
}

/** What a question owes that is no more, and had carried others: each of them is open again. */
export const releases = ({ wordings = [] }: Question): Target[] =>
  wordings.map(({ id }) => ({ kind: 'release', wording: id }));

/** The same rule as for any question: what is published or declined stays. */
export function mayTakeBack(into: Question): Refusal | undefined {
  if (into.state === 'declined') return notOpen(into);
  return into.state === 'answered' && isPublished(into) ? { refused: 'published' } : undefined;
}

/** A merged question as its own asker sees it: their words, and what becomes of the question that carries them. */
export function seenByAsker(own: MergedQuestion, into: Question): Question {
  if (into.state === 'withdrawn' || into.state === 'merged') return own;
  const { id, words, week, edit, thread } = own;
  // Whom a block stops is the author of the other words.
  const { block: _block, ...carrier } = { block: undefined, ...into };
  const { topic: _topic, signed: _signed, edited: _edited, edit: _edit, ...rest } = carrier;
  const others = (into.wordings ?? []).filter((wording) => wording.id !== id);
  const said = into.thread.map(({ of, ...entry }) => (of === id ? entry : { ...entry, of: of ?? into.id }));
  return {
    ...rest,
    id,
    words,
    week,
    thread: [...thread, ...said],
    ...(own.topic === undefined ? {} : { topic: own.topic }),
    ...(own.signed === undefined ? {} : { signed: own.signed }),
    ...(own.edited === undefined ? {} : { edited: own.edited }),
    ...(edit === undefined ? {} : { edit }),
    wordings: [asWording(into), ...others],
  };
}

const asWording = ({ id, words, week, signed }: Question): Wording => ({
  id,
  words,
  week,
  ...(signed === undefined ? {} : { signed }),
});
