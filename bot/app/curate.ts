import {
  notNow as setAside,
  publish as published,
  publishOn as publishedOn,
  settle as settled,
} from '../domain/publication.ts';
import { curatorsAndAdmins } from '../domain/directory.ts';
import { decline as declined, setTopic as topicSet } from '../domain/life.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { checkWords, clean, LIMITS } from '../domain/words.ts';
import { asCurator } from './authority.ts';
import { change } from './change.ts';
import type { DeclineForm } from './lead.ts';
import type { Channel, Deps } from './ports.ts';

type Decide = (question: Question, curator: string) => Question | Refusal;

/** A change that only a curator may make; it is told their name. */
export async function changeAsCurator(
  deps: Deps,
  actor: string,
  id: string,
  decide: Decide,
): Promise<Question | Refusal> {
  const curator = asCurator(deps.directory(), actor);
  return isRefusal(curator) ? curator : change(deps, id, (question) => decide(question, curator.name));
}

/** The channel that *Publish* takes: the directory's default by name or id, or the only one there is. */
export async function defaultChannel({
  store,
  directory,
}: Pick<Deps, 'store' | 'directory'>): Promise<Channel | undefined> {
  const channels = await store.channels();
  const wanted = directory().defaults.channel;
  const chosen = channels.find(({ id, name }) => id === wanted || name === wanted);
  return chosen ?? (channels.length === 1 ? channels[0] : undefined);
}

/** Publishes the thread: in these channels, or in the default one. */
export async function publish(deps: Deps, actor: string, id: string, channels?: string[]): Promise<Question | Refusal> {
  const chosen = channels ?? [(await defaultChannel(deps))?.id].filter((channel) => channel !== undefined);
  if (chosen.length === 0) return { refused: 'no-channel' };
  const known = new Set((await deps.store.channels()).map((channel) => channel.id));
  if (!chosen.every((channel) => known.has(channel))) return { refused: 'unknown-channel' };
  return changeAsCurator(deps, actor, id, (question, curator) => published(question, curator, chosen));
}

/** Appends what was said since to the published thread. */
export const publishOn = (deps: Deps, actor: string, id: string): Promise<Question | Refusal> =>
  changeAsCurator(deps, actor, id, publishedOn);

/** Sets an answer aside, with a reason that its leader reads. */
export async function notNow(deps: Deps, actor: string, id: string, reason: string): Promise<Question | Refusal> {
  const words = checkWords(reason, LIMITS.reason);
  if (isRefusal(words)) return words;
  return changeAsCurator(deps, actor, id, (question, curator) => setAside(question, curator, words));
}

/** Says what a curator saw in the channel after a post that Teams did not confirm. */
export const settle = (deps: Deps, actor: string, id: string, channel: string, saw: 'there' | 'nothing') =>
  changeAsCurator(deps, actor, id, (question) => settled(question, channel, saw));

/** Declines in the open, for its leader, who is told. */
export async function declineAsCurator(deps: Deps, actor: string, form: DeclineForm): Promise<Question | Refusal> {
  const { reason } = form;
  if (reason === undefined) return { refused: 'no-reason' };
  const words = clean(form.words) === '' ? undefined : checkWords(form.words, LIMITS.reason);
  if (isRefusal(words)) return words;
  return changeAsCurator(deps, actor, form.question, (question) => {
    const comms = curatorsAndAdmins(deps.directory()).map(({ id }) => id);
    return declined(question, reason, words, { role: 'curator', comms: comms.filter((id) => id !== question.leader) });
  });
}

/** Sets what a question is about, or clears it. */
export async function setTopic(deps: Deps, actor: string, id: string, topic?: string): Promise<Question | Refusal> {
  if (topic !== undefined && !deps.directory().topics.includes(topic)) return { refused: 'unknown-topic' };
  return changeAsCurator(deps, actor, id, (question) => topicSet(question, topic));
}
