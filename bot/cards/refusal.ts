import { LEAST_AUDIENCE } from '../domain/directory.ts';
import type { Refusal } from '../domain/refusal.ts';
import { sayAppeal } from './blocking.ts';
import type { Say } from './say.ts';

/** What the person reads: what happened, and what to do next. Never words of an asker. */
export function sayRefusal(say: Say, refusal: Refusal): string {
  if (refusal.refused === 'limit') return say(`refusals.limit.${refusal.of}`, { count: refusal.limit });
  if (refusal.refused === 'cannot-carry') return say(`refusals.cannot-carry.${refusal.state}`);
  if (refusal.refused === 'not-open') return say(`refusals.not-open.${refusal.state}`);
  if (refusal.refused === 'already-published') {
    const state = refusal.state === 'uncertain' ? 'posting' : refusal.state;
    return say(`refusals.already-published.${state}`, { by: refusal.by });
  }
  return say(`refusals.${refusal.refused}`, valuesOf(say, refusal));
}

function valuesOf(say: Say, refusal: Refusal): Readonly<Record<string, string | number>> {
  if ('by' in refusal) return { by: refusal.by };
  if (refusal.refused === 'too-long') return { length: refusal.length, limit: refusal.limit };
  if (refusal.refused === 'small-audience') return { least: LEAST_AUDIENCE, leader: refusal.leader };
  if (refusal.refused === 'blocked') {
    return { until: say.day(refusal.until), appealTo: sayAppeal(say, refusal.appealTo) };
  }
  return {};
}
