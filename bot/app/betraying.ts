import { betrayals, type Finding, unshown } from '../domain/betray.ts';
import type { Deps } from './ports.ts';

/** What somebody is about to send, and the kinds of findings that the form has shown them. */
export interface Written {
  words: string;
  shown: readonly string[];
}

/**
 * What in these words may show who writes them, where the form did not show it yet: it asks once for each kind. Nothing of
 * it is kept, logged or sent anywhere but back to the form.
 */
export function unseen({ directory }: Pick<Deps, 'directory'>, name: string, { words, shown }: Written): Finding[] {
  const leaders = directory().leaders.map((leader) => leader.name);
  return unshown(betrayals(words, { name, leaders }), shown);
}
