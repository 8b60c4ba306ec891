import {
  agree as agreed,
  disagree as disagreed,
  lift as lifted,
  MOST_DAYS,
  propose as proposed,
} from '../domain/block.ts';
import type { Person } from '../domain/directory.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { dayOf } from '../domain/week.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { asComms, asCurator } from './authority.ts';
import type { BlockStore } from './blocks.ts';
import { change } from './change.ts';
import type { Asker, Deps } from './ports.ts';

const DAY_MS = 86_400_000;

export interface BlockForm {
  question: string;
  days: number;
  words: string;
}

/** A curator proposes to stop the unknown author of a question. */
export async function propose(deps: Deps, actor: string, form: BlockForm): Promise<Question | Refusal> {
  const reason = checkWords(form.words, LIMITS.reason);
  if (isRefusal(reason)) return reason;
  const { days } = form;
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) return { refused: 'no-days' };
  return change(deps, form.question, (question) => {
    const curator = asCurator(deps.directory(), actor);
    return isRefusal(curator) ? curator : proposed(question, curator, { days, reason });
  });
}

/** A second curator, or an admin, agrees. Who the author is stays between their Seal and the Courier. */
export const agree = (deps: Deps, actor: string, id: string): Promise<Question | Refusal> =>
  change(deps, id, (question) => {
    const person = asComms(deps.directory(), actor);
    if (isRefusal(person)) return person;
    const now = deps.clock.now().getTime();
    return agreed(question, person, (days) => dayOf(new Date(now + days * DAY_MS)));
  });

export interface EndForm {
  question: string;
  words: string;
}

/** A second curator, or an admin, turns the proposal down. */
export const disagree = (deps: Deps, actor: string, form: EndForm): Promise<Question | Refusal> =>
  end(deps, actor, form, (question, by, reason) => disagreed(question, by, reason));

/** A curator, or an admin, ends a block before its day. */
export const lift = (deps: Deps, actor: string, form: EndForm): Promise<Question | Refusal> =>
  end(deps, actor, form, (question, by, reason) => lifted(question, by, { reason, today: dayOf(deps.clock.now()) }));

type End = (question: Question, by: Person, reason: string) => Question | Refusal;

async function end(deps: Deps, actor: string, form: EndForm, decide: End): Promise<Question | Refusal> {
  const reason = checkWords(form.words, LIMITS.reason);
  if (isRefusal(reason)) return reason;
  return change(deps, form.question, (question) => {
    const person = asComms(deps.directory(), actor);
    return isRefusal(person) ? person : decide(question, person, reason);
  });
}

/**
 * Refuses whoever is stopped today; the day on which a block ends is free again. Votes hold no words, so they stay free.
 * What was taken before the block came enters its queue all the same: it was accepted, and its leader may decline it.
 */
export async function refuseBlocked(
  { store, clock, appealTo }: Pick<Deps, 'clock' | 'appealTo'> & { store: Pick<BlockStore, 'blockedUntil'> },
  asker: Asker,
): Promise<Refusal | undefined> {
  const until = await store.blockedUntil(asker.blockTags());
  return until !== undefined && until > dayOf(clock.now()) ? { refused: 'blocked', until, appealTo } : undefined;
}
