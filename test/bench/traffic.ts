import { type Incoming, incoming } from '../support/activities.ts';
import { ines, type Person } from '../support/cast.ts';
import { PEOPLE } from './company.ts';
import type { Request } from './rounds.ts';
import type { Server } from './servers.ts';
import { employee, freshId, words } from './stage.ts';

const leader = ines.aadObjectId;

/** Counts up, so that each request is somebody else's. */
export function counter(): () => number {
  let n = -1;
  return () => (n += 1);
}

/** What people of the company do, as requests to one server. */
export function makeTraffic({ port, authorization, serviceUrl }: Server, open: string[]) {
  const activity = incoming({ serviceUrl });
  const presses = (person: Person, verb: string, data: object = {}): string =>
    JSON.stringify(activity.executes(person, verb, data) satisfies Incoming);
  const request = (expect: string, body: () => string): Request => ({ port, authorization, expect, body });
  const [anyone, asker, voter] = [counter(), counter(), counter()];
  const somebody = () => employee(anyone() % PEOPLE);
  return {
    echo: request('An echo', () => presses(somebody(), 'echo')),
    form: request('Ask a question', () => presses(somebody(), 'ask.open')),
    page: request('Open questions', () => presses(somebody(), 'questions.page', { leader })),
    vote: request('Open questions', () => {
      const n = voter();
      // Strides through the company, so that nobody's votes and questions meet.
      const question = open[(n + Math.floor(n / PEOPLE)) % open.length] ?? '';
      return presses(employee(n % PEOPLE), 'vote.add', { question, leader });
    }),
    ask: request('on its way', () => {
      const n = asker();
      return presses(employee(n % PEOPLE), 'ask.send', { submission: freshId(), leader, words: words(n) });
    }),
    mine: (person?: Person) => request('My questions', () => presses(person ?? somebody(), 'mine.open')),
  };
}

export type Traffic = ReturnType<typeof makeTraffic>;
