import type { LeaseStore } from '../app/leases.ts';
import type { Database } from './database.ts';

/** The part of the Store that says which process runs a job. */
export const makeLeases = (db: Database): LeaseStore => ({
  async lease(job, { holder, now, ms }) {
    const sql = `INSERT INTO leases (job, holder, until) VALUES (?, ?, ?)
                 ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until = excluded.until
                 WHERE holder = excluded.holder OR until <= ? OR until > ?`;
    // Between two leases, the log would tell within seconds when the rows that stand there were written.
    return (await db.erase(sql, job, holder, now + ms, now, now + 2 * ms)) === 1;
  },
  async release(job, holder) {
    await db.run('DELETE FROM leases WHERE job = ? AND holder = ?', job, holder);
  },
});
