import { randomUUID } from 'node:crypto';
import { ask } from '../../bot/app/ask.ts';
import { publish } from '../../bot/app/curate.ts';
import { answer, decline, speak } from '../../bot/app/lead.ts';
import { followUp } from '../../bot/app/own.ts';
import type { Asker, Deps } from '../../bot/app/ports.ts';
import { vote } from '../../bot/app/vote.ts';
import type { DeclineReason } from '../../bot/domain/question.ts';
import { must } from './app.ts';
import { crowd, ines, kofi, noor, type Person, TENANT } from './cast.ts';

/** A question to have, made by the use cases of the people who would have made it. */
export type Seed = {
  readonly words: string;
  /** Noor, unless said otherwise. */
  readonly by?: Person;
  /** Ines, unless said otherwise. */
  readonly leader?: Person;
  readonly topic?: string;
  /** Asked with the asker's name. */
  readonly isSigned?: boolean;
  /** How many of the crowd would ask it too: five at most. */
  readonly votes?: number;
} & (
  | { readonly state?: 'open' }
  | {
      readonly state: 'answered' | 'published';
      readonly answer?: string;
      readonly followUp?: string;
      readonly reply?: string;
    }
  | { readonly state: 'declined'; readonly reason?: DeclineReason; readonly because?: string }
);

/** The hand of somebody in the chat. */
export const handOf = ({ sealer }: Deps, { aadObjectId, conversationId }: Person, serviceUrl: string): Asker =>
  sealer.asker({
    id: `${TENANT.id} ${aadObjectId}`,
    address: { conversation: conversationId, tenant: TENANT.id, serviceUrl },
  });

/** Makes the question, and gives its id. What it owes to Teams may still be on its way. */
export async function seed(deps: Deps, serviceUrl: string, wanted: Seed): Promise<string> {
  const { by = noor, leader = ines, words, topic, isSigned = false, votes = 0 } = wanted;
  const asker = handOf(deps, by, serviceUrl);
  const form = { submission: randomUUID(), leader: leader.aadObjectId, words, topic };
  const { id } = must(await ask(deps, asker, isSigned ? { ...form, signed: by.name } : form));
  for (const person of crowd.slice(0, votes)) must(await vote(deps, handOf(deps, person, serviceUrl), id, true));
  if (wanted.state === 'declined') {
    const { reason = 'confidential', because = '' } = wanted;
    must(await decline(deps, leader.aadObjectId, { question: id, reason, words: because }));
  }
  if (wanted.state === 'answered' || wanted.state === 'published')
    await answered(deps, asker, { ...wanted, leader, id });
  return id;
}

type Answered = Extract<Seed, { state: 'answered' | 'published' }> & { leader: Person; id: string };

async function answered(deps: Deps, asker: Asker, { id, leader, ...wanted }: Answered): Promise<void> {
  const saying = (words: string) => ({ question: id, submission: randomUUID(), words });
  must(
    await answer(deps, leader.aadObjectId, saying(wanted.answer ?? 'I should have told you sooner. We start in May.')),
  );
  if (wanted.state === 'published') must(await publish(deps, kofi.aadObjectId, id));
  if (wanted.followUp !== undefined) must(await followUp(deps, asker, saying(wanted.followUp)));
  if (wanted.reply !== undefined) must(await speak(deps, leader.aadObjectId, 'reply', saying(wanted.reply)));
}
