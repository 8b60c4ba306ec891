import { carry, seenByAsker, unmerge } from '../domain/merge.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal } from '../domain/refusal.ts';
import { change } from './change.ts';
import type { Own } from './mix.ts';
import type { Deps } from './ports.ts';

type Needs = Pick<Deps, 'store' | 'clock' | 'wake' | 'tally'>;

/** Carries at once what is owed to the question that carries this one's words, so that nobody waits to see it. */
export async function carried(deps: Needs, question: Question): Promise<Question> {
  for (const { target } of question.deliveries)
    if (target.kind === 'wording') await carryWording(deps, question.id, target.into);
  return question;
}

/**
 * Brings what a question carries of another one in line with where that one stands now. Where it cannot carry it any more, the
 * other one is open again. False where too many changed it at once.
 */
export async function carryWording(deps: Needs, id: string, into: string): Promise<boolean> {
  const { store } = deps;
  const result = await change(deps, into, async (question) => {
    const of = await store.question(id);
    return of === undefined ? question : carry(question, of.question);
  });
  if (isRefusal(result)) return result.refused !== 'busy' && release(deps, id, into);
  deps.tally(into);
  deps.tally(id);
  return true;
}

/** Opens a merged question again whose words nobody carries. False where too many changed it at once. */
export async function release(deps: Needs, id: string, into: string): Promise<boolean> {
  const result = await change(deps, id, (question) =>
    question.state === 'merged' && question.into === into ? unmerge(question) : question,
  );
  return !isRefusal(result) || result.refused !== 'busy';
}

/** The question that carries the words of this one; nothing where it is not merged. */
export async function carrierOf({ store }: Pick<Deps, 'store'>, id: string): Promise<Question | undefined> {
  const kept = await store.question(id);
  return kept?.question.state === 'merged' ? (await store.question(kept.question.into))?.question : undefined;
}

/** One's own question as one sees it: a merged one with what becomes of the question that carries its words. */
export async function asSeen<Any extends Own>({ store }: Pick<Deps, 'store'>, own: Any): Promise<Any | Question> {
  if (own.state !== 'merged') return own;
  const into = await store.question(own.into);
  return into === undefined ? own : seenByAsker(own, into.question);
}
