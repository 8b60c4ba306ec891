import type { Person } from '../domain/directory.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { asCurator } from './authority.ts';
import type { Deps } from './ports.ts';

/** Whoever walks away without a word holds it for no longer. */
export const CLAIM_MS = 30 * 60_000;

/** Takes a question to work on. From somebody else only by `over`: openly, having read who has it. */
export async function claim(
  deps: Deps,
  actor: string,
  { question, over = false }: { question: string; over?: boolean | undefined },
): Promise<Refusal | undefined> {
  const curator = asCurator(deps.directory(), actor);
  if (isRefusal(curator)) return curator;
  if ((await deps.store.question(question)) === undefined) return { refused: 'not-found' };
  const now = deps.clock.now().getTime();
  const { by = actor } = (await deps.store.claims(now)).find((one) => one.question === question) ?? {};
  const holder = asCurator(deps.directory(), by);
  if (by !== actor && !isRefusal(holder) && !over) return { refused: 'claimed', by: holder.name };
  await deps.store.putClaim({ question, by: actor, until: now + CLAIM_MS });
  return undefined;
}

/** Lets go of it; what somebody else has taken over meanwhile stays theirs. */
export async function release(deps: Deps, actor: string, question: string): Promise<Refusal | undefined> {
  const curator = asCurator(deps.directory(), actor);
  if (isRefusal(curator)) return curator;
  await deps.store.eraseClaim(question, actor);
  return undefined;
}

/** Who works on what, by name. Whoever lost their role works on nothing. */
export async function claimsNow(deps: Deps): Promise<Map<string, Person>> {
  const claims = new Map<string, Person>();
  for (const { question, by } of await deps.store.claims(deps.clock.now().getTime())) {
    const curator = asCurator(deps.directory(), by);
    if (!isRefusal(curator)) claims.set(question, { id: curator.id, name: curator.name });
  }
  return claims;
}
