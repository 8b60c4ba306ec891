import type { StuckStore } from '../app/stuck.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

const OWES = `SELECT VALUE c.owes FROM c WHERE c.partition = '${ALL}' AND c.owes > ''`;

/** Finds what was not delivered, by the field `owes`: see domain/stuck.ts. */
export const makeStuck = (requests: Requests): StuckStore => ({
  stuck: (limit) =>
    requests.query<Question>(
      'questions',
      ALL,
      `SELECT TOP ${limit} VALUE c.doc FROM c WHERE c.partition = '${ALL}' AND c.owes >= 'stuck' ORDER BY c.owes`,
    ),
  async deliveries() {
    const counts = { due: 0, planned: 0, claimed: 0, waiting: 0, uncertain: 0, dead: 0, dropped: 0 };
    // A few letters for each question that owes something: grouped by Cosmos DB, they would take the SDK two requests.
    for (const owes of await requests.query<string>('questions', ALL, OWES)) {
      for (const state of owes.split(' ').slice(1)) counts[state as Delivery['state']] += 1;
    }
    return counts;
  },
});
