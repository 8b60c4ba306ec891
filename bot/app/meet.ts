import { type Role, rolesOf } from '../domain/directory.ts';
import { change } from './change.ts';
import type { Address, Asker, Channel, Deps } from './ports.ts';
import { owe, type Target } from '../domain/delivery.ts';

export type Greeting = 'asker' | Role;

/**
 * Meets a person: remembers where to write to someone with a role, and tells which greetings are new to them. An
 * employee leaves one tag that says nothing of who they are.
 */
export async function meet(
  deps: Pick<Deps, 'store' | 'directory' | 'wake' | 'clock'>,
  person: { id: string; address: Address; asker: Asker; language: string | undefined },
): Promise<Greeting[]> {
  const { store } = deps;
  const { id, address } = person;
  const asGreeted: Greeting[] = (await store.addGreeting(person.asker.greetingTag())) ? ['asker'] : [];
  const roles = rolesOf(deps.directory(), id);
  if (roles.length === 0) return asGreeted;
  const before = await store.met(id);
  const fresh = roles.filter((role) => !before?.greeted.includes(role));
  const moved = before === undefined || JSON.stringify(before.address) !== JSON.stringify(address);
  const { language = before?.language } = person;
  if (moved || before.language !== language || fresh.length > 0) {
    const greeted = [...(before?.greeted ?? []), ...fresh];
    await store.putMet({ id, address, greeted, ...(language === undefined ? {} : { language }) });
  }
  if (before === undefined) await oweAgain(deps, id);
  return [...asGreeted, ...fresh];
}

/** Remembers in which language somebody with a role acts: what is sent to them unasked will be in it. */
export async function hear(
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
  { id, language }: { id: string; language: string | undefined },
): Promise<void> {
  if (language === undefined || rolesOf(directory(), id).length === 0) return;
  const met = await store.met(id);
  if (met !== undefined && met.language !== language) await store.putMet({ ...met, language });
}

/** A greeting could not be sent: the next occasion tries again. */
export async function forgetGreeting(
  { store }: Pick<Deps, 'store'>,
  person: { id: string; asker: Asker },
  greetings: Greeting[],
): Promise<void> {
  if (greetings.includes('asker')) await store.eraseGreeting(person.asker.greetingTag());
  const met = await store.met(person.id);
  if (met) await store.putMet({ ...met, greeted: met.greeted.filter((role) => !greetings.includes(role as Greeting)) });
}

/** Looks at this many questions of each leader and state: a first meeting is no time to read the whole store. */
const LOOKED_AT = 50;

/** Cards that could not reach somebody before the first meeting, given up or put off for hours, are owed anew. */
async function oweAgain(deps: Pick<Deps, 'store' | 'directory' | 'wake' | 'clock'>, person: string): Promise<void> {
  for (const leader of deps.directory().leaders) {
    for (const state of ['open', 'answered'] as const) {
      const { questions } = await deps.store.list({ leader: leader.id, state, limit: LOOKED_AT });
      for (const { id, places } of questions) {
        const missed = places.filter(({ to, post }) => to === person && post === undefined);
        const targets = missed.map(({ key }): Target => ({ kind: 'card', place: key }));
        if (targets.length > 0) await change(deps, id, (question) => owe(question, ...targets));
      }
    }
  }
}

/** Registers the channels of a team in which the bot was installed. Tells whether the chosen one is to be greeted. */
export async function install({ store }: Deps, channels: Channel[], chosen: string): Promise<boolean> {
  let greet = false;
  for (const channel of channels) {
    const before = await store.channel(channel.id);
    greet ||= channel.id === chosen && before?.greeted !== true;
    await store.putChannel({ ...channel, greeted: before?.greeted === true || channel.id === chosen });
  }
  return greet;
}
