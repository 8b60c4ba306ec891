import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { asksAndIsDelivered, employee, openStage } from './stage.ts';

/** Nobody asks or votes more often than production lets them. */
export const PEOPLE = 6000;
const OPEN_QUESTIONS = 50;
export const FEW = employee(PEOPLE + 1);
export const MANY = employee(PEOPLE + 2);

/** How many questions one of them has of their own. */
export const OWN = 200;

export const databaseOf = (folder: string): string => join(folder, 'data', 'forthright.db');

/** Lets everybody be known, and asks. Owes nothing to Teams. The ids of some open questions. */
export async function fillCompany(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const stage = openStage(folder);
  const { store, hand } = stage;
  for (let n = 0; n < PEOPLE; n += 1) await store.addGreeting(hand(employee(n)).greetingTag());
  const open: string[] = [];
  for (let n = 0; n < OPEN_QUESTIONS; n += 1) open.push(await asksAndIsDelivered(stage, employee(n), n));
  for (const person of [FEW, MANY]) await store.addGreeting(hand(person).greetingTag());
  for (let n = 0; n < 20; n += 1) await asksAndIsDelivered(stage, FEW, n);
  for (let n = 0; n < OWN; n += 1) await asksAndIsDelivered(stage, MANY, n);
  await store.close();
  return open;
}
