import type { StuckStore } from '../app/stuck.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import type { Database } from './database.ts';

/** The part of the Store that finds what was not delivered, by the column `owes`: see domain/stuck.ts. */
export const makeStuck = (db: Database): StuckStore => ({
  async stuck(limit) {
    const sql = `SELECT doc FROM questions WHERE owes >= 'stuck' ORDER BY owes, id LIMIT ?`;
    return (await db.all(sql, limit)).map(({ doc }) => JSON.parse(String(doc)) as Question);
  },
  async deliveries() {
    const counts = { due: 0, planned: 0, claimed: 0, waiting: 0, uncertain: 0, dead: 0, dropped: 0 };
    const sql = `SELECT owes, count(*) AS questions FROM questions WHERE owes > '' GROUP BY owes`;
    for (const { owes, questions } of await db.all(sql)) {
      for (const state of String(owes).split(' ').slice(1)) counts[state as Delivery['state']] += Number(questions);
    }
    return counts;
  },
});
