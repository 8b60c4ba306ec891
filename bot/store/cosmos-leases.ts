import type { LeaseStore } from '../app/leases.ts';
import type { Requests } from './cosmos-requests.ts';

/** Which process runs a job. Of many that want a lease which has ended, the first to replace it has it. */
export const makeLeases = (requests: Requests): LeaseStore => ({
  async lease(job, { holder, now, ms }) {
    const kept = await requests.read('leases', job, job);
    const row = { id: job, holder, until: now + ms };
    if (kept === undefined) return requests.create('leases', row);
    const until = Number(kept['until']);
    const isFree = kept['holder'] === holder || until <= now || until > now + 2 * ms;
    return isFree && requests.replace('leases', row, String(kept['_etag']));
  },
  async release(job, holder) {
    const kept = await requests.read('leases', job, job);
    // Replaced, not erased: an erasure would not ask whose it is by then.
    if (kept?.['holder'] !== holder) return;
    await requests.replace('leases', { id: job, holder: '', until: 0 }, String(kept['_etag']));
  },
});
