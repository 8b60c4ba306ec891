import { askerVerbs } from './asker-verbs.ts';
import { curatorVerbs } from './curator-verbs.ts';
import { leaderVerbs } from './leader-verbs.ts';
import type { Verb } from './turn.ts';

/** Every button of every card. A verb that ends in `.open` opens a form. */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries({ ...askerVerbs, ...leaderVerbs, ...curatorVerbs }),
);
