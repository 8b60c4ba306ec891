import type { Claim, ClaimStore } from '../app/claims.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

const RUNNING = `SELECT c.id, c.curator, c.until FROM c WHERE c.partition = '${ALL}' AND c.until > @now`;

type Row = { id: string; curator: string; until: number };

/** Who works on what. */
export const makeClaims = (requests: Requests): ClaimStore => ({
  async claims(now) {
    const rows = await requests.query<Row>('claims', ALL, RUNNING, { now });
    return rows.map(({ id, curator, until }): Claim => ({ question: id, by: curator, until }));
  },
  putClaim: ({ question, by, until }) => requests.put('claims', { id: question, partition: ALL, curator: by, until }),
  async eraseClaim(question, by) {
    // Somebody may take it over between the two: then theirs is gone, which costs them a press of a button.
    const kept = await requests.read('claims', question, ALL);
    if (kept?.['curator'] === by) await requests.erase('claims', question, ALL);
  },
  // Each row ends by itself.
  forgetClaims: async () => {},
});
