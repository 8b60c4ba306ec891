import { randomBytes } from 'node:crypto';
import { owe } from '../../bot/domain/delivery.ts';
import { ask } from '../../bot/domain/life.ts';
import { type OpenQuestion } from '../../bot/domain/question.ts';
import { ines } from '../support/cast.ts';

export const WEEK = '2026-W48';

/** 128 random bits, as all ids and tags are. */
export const fresh = (): string => randomBytes(16).toString('base64url');

/** An open question to Ines that owes nothing; `change` is laid over it. */
export function sample(change: Partial<OpenQuestion> = {}): OpenQuestion {
  const asked = ask({ id: fresh(), leader: ines.aadObjectId, words: 'Why did we close Lyon?', week: WEEK });
  return { ...asked, places: [], deliveries: [], ...change };
}

/** A question that owes one notice for each of these times, in milliseconds since 1970. */
export function owing(...times: number[]): OpenQuestion {
  const targets = times.map((_, at) => ({ kind: 'card', place: `place ${at}` }) as const);
  const question = owe(sample(), ...targets);
  return {
    ...question,
    deliveries: question.deliveries.map((owed, at) => ({ ...owed, state: 'due', at: times[at] ?? 0 })),
  };
}
