import { owedAt } from '../../bot/domain/delivery.ts';
import type { Question } from '../../bot/domain/question.ts';
import { statesOf } from '../../bot/domain/stuck.ts';
import { ALL, NAMES } from '../../bot/store/cosmos-containers.ts';
import { openAccount, removeDatabase, type TestAccount } from '../store/cosmos-account.ts';
import { type Ground, groundIn, type Rest } from './rest.ts';

/** The same over Cosmos DB, in a database of its own that outlives every bot: what is kept there are rows alone. */
export async function cosmosIn(folder: string): Promise<Ground> {
  const test = await openAccount();
  const { endpoint, database, access } = test.account;
  // The bot makes it: its first start is one of the moments at which it may die.
  await removeDatabase(test.account, database);
  const { settings, files, ...ground } = groundIn(folder);
  return {
    ...ground,
    settings: { ...settings, COSMOS_ENDPOINT: endpoint, COSMOS_DATABASE: database, COSMOS_KEY: access.key },
    read: () => readCosmos(test),
    async busy() {
      const [questions, waiting] = await Promise.all([test.rows('questions'), test.rows('waiting')]);
      return { owing: questions.filter(({ owedAt: owed }) => owed !== undefined).length, waiting: waiting.length };
    },
    async files() {
      const rows = NAMES.map(async (name) => ({
        file: name,
        bytes: Buffer.from(JSON.stringify(await test.rows(name))),
      }));
      return [...(await files()), ...(await Promise.all(rows))];
    },
    close: () => test.close(),
  };
}

async function readCosmos(test: TestAccount): Promise<Rest> {
  const [rows, seals, cast] = await Promise.all([test.rows('questions'), test.rows('seals'), test.rows('votes')]);
  const votes = new Map<string, number>();
  for (const { question } of cast) votes.set(String(question), (votes.get(String(question)) ?? 0) + 1);
  return {
    questions: rows.map(({ doc }) => doc as Question),
    seals: new Set(seals.map(({ id }) => String(id))),
    votes,
    torn: rows.flatMap(tornRow),
  };
}

/** The fields by which a question is found have to say what its document says. */
function tornRow({ doc, ...row }: Record<string, unknown>): string[] {
  const question = doc as Question;
  const [owed, owes] = [owedAt(question), statesOf(question)];
  const expected = { id: question.id, partition: ALL, owedAt: owed, owes };
  return Object.entries(expected)
    .filter(([field, value]) => JSON.stringify(row[field]) !== JSON.stringify(value))
    .map(([field, value]) => `question ${question.id}: ${field} is ${String(row[field])}, not ${String(value)}`);
}
