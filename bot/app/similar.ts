import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { similarity } from '../domain/similar.ts';
import { asCurator } from './authority.ts';
import type { Deps } from './ports.ts';

const PAGE = 50;
/** So many of a leader's open questions are looked at, the most wanted ones. */
const MOST = 500;
const SHOWN = 5;

/** Open questions to the same leader that may ask the same, the likeliest first. */
export async function similarTo(deps: Deps, actor: string, id: string): Promise<Question[] | Refusal> {
  const curator = asCurator(deps.directory(), actor);
  if (isRefusal(curator)) return curator;
  const kept = await deps.store.question(id);
  if (kept === undefined) return { refused: 'not-found' };
  const { leader, words } = kept.question;
  const found: { question: Question; share: number }[] = [];
  let after: string | undefined;
  for (let looked = 0; looked < MOST; looked += PAGE) {
    const page = await deps.store.list({ leader, state: 'open', after, limit: PAGE });
    for (const question of page.questions) {
      const share = question.id === id ? 0 : similarity(words, question.words);
      if (share > 0) found.push({ question, share });
    }
    after = page.next;
    if (after === undefined) break;
  }
  const likeliest = found.toSorted((a, b) => b.share - a.share);
  return likeliest.slice(0, SHOWN).map(({ question }) => question);
}
