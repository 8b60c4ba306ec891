import type { Leader, Person } from './directory.ts';
import type { Settings } from './settings.ts';
import { clean } from './words.ts';

/** What was typed, as it is kept: ids in lower case, texts on one line without what nobody sees, empty ones left out. */
export function tidy({ directory, policy }: Settings): Settings {
  const { leaders, curators, admins, topics, audience, defaults } = directory;
  const channel = line(defaults.channel ?? '');
  return {
    directory: {
      leaders: leaders.map(tidyLeader),
      curators: curators.map(tidyPerson),
      admins: admins.map(tidyPerson),
      topics: topics.map(line),
      ...(audience === undefined ? {} : { audience }),
      defaults: {
        ...(defaults.leader === undefined ? {} : { leader: toId(defaults.leader) }),
        ...(channel === '' ? {} : { channel }),
      },
    },
    policy: {
      ...policy,
      holidays: policy.holidays
        .map(({ day, name }) => ({ day: day.trim(), name: line(name) }))
        .toSorted((one, other) => (one.day < other.day ? -1 : 1)),
      language: policy.language.trim().toLowerCase(),
    },
  };
}

function tidyLeader({ title = '', topics = [], delegates, audience, ...person }: Leader): Leader {
  const words = line(title);
  return {
    ...tidyPerson(person),
    ...(words === '' ? {} : { title: words }),
    ...(topics.length === 0 ? {} : { topics: topics.map(line) }),
    delegates: delegates.map(tidyPerson),
    ...(audience === undefined ? {} : { audience }),
  };
}

const tidyPerson = ({ id, name }: Person): Person => ({ id: toId(id), name: line(name) });

const toId = (id: string): string => id.trim().toLowerCase();

const line = (text: string): string => clean(text).replaceAll(/\s+/gu, ' ');
