import type { Claim, ClaimStore } from '../app/claims.ts';
import type { Database } from './database.ts';

/** The rows of who works on what. Gone from the log as well: they tell to the second when a curator was at work. */
export const makeClaims = (db: Database): ClaimStore => ({
  async claims(now) {
    return (await db.all('SELECT question, curator, until FROM claims WHERE until > ?', now)).map(
      ({ question, curator, until }): Claim => ({
        question: String(question),
        by: String(curator),
        until: Number(until),
      }),
    );
  },
  async putClaim({ question, by, until }) {
    await db.erase('INSERT OR REPLACE INTO claims (question, curator, until) VALUES (?, ?, ?)', question, by, until);
  },
  async eraseClaim(question, by) {
    await db.erase('DELETE FROM claims WHERE question = ? AND curator = ?', question, by);
  },
  async forgetClaims(now) {
    await db.erase('DELETE FROM claims WHERE until <= ?', now);
  },
});
