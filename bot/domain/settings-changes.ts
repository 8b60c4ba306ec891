import type { Directory, Leader, Person } from './directory.ts';
import type { Policy, Settings } from './settings.ts';

/** Of what a change is; who or what it is, where there are several, stands in `of`. */
export type Changed =
  | 'leader'
  | 'leader-name'
  | 'leader-title'
  | 'leader-topics'
  | 'leader-audience'
  | 'leader-order'
  | 'delegate'
  | 'curator'
  | 'admin'
  | 'name'
  | 'topic'
  | 'audience'
  | 'default-leader'
  | 'default-channel'
  | 'questions-a-day'
  | 'votes-a-day'
  | 'mix-size'
  | 'mix-minutes'
  | 'overdue-days'
  | 'dry-days'
  | 'holiday'
  | 'language';

/** One change as a person reads it: names and numbers. Without `from` it was added, without `to` taken away. */
export interface Change {
  what: Changed;
  of?: string;
  from?: string;
  to?: string;
}

/** What is different, in the order of the page. Nothing where they are alike. */
export const changesOf = (before: Settings, after: Settings): Change[] => [
  ...ofDirectory(before.directory, after.directory),
  ...ofPolicy(before.policy, after.policy),
];

const ofDirectory = (before: Directory, after: Directory): Change[] => [
  ...ofLeaders(before, after),
  ...ofPeople('curator', before.curators, after.curators),
  ...ofPeople('admin', before.admins, after.admins),
  ...ofTexts({ what: 'topic' }, before.topics, after.topics),
  ...value({ what: 'audience' }, before.audience, after.audience),
  ...value({ what: 'default-leader' }, leaderName(before), leaderName(after)),
  ...value({ what: 'default-channel' }, before.defaults.channel, after.defaults.channel),
];

const leaderName = ({ leaders, defaults }: Directory): string | undefined =>
  leaders.find(({ id }) => id === defaults.leader)?.name;

function ofLeaders(before: Directory, after: Directory): Change[] {
  const stayed = after.leaders.flatMap((leader) => {
    const was = before.leaders.find(({ id }) => id === leader.id);
    return was ? [{ was, leader }] : [];
  });
  const order = before.leaders.filter(({ id }) => stayed.some(({ was }) => was.id === id));
  return [
    ...comings('leader', before.leaders, after.leaders),
    ...after.leaders.flatMap((leader) =>
      before.leaders.some(({ id }) => id === leader.id)
        ? []
        : ofLeader({ ...leader, title: undefined, topics: [], audience: undefined, delegates: [] }, leader),
    ),
    ...stayed.flatMap(({ was, leader }) => ofLeader(was, leader)),
    ...value({ what: 'leader-order' }, namesOf(order), namesOf(stayed.map(({ was }) => was))),
  ];
}

const namesOf = (people: Person[]): string => people.map(({ name }) => name).join(', ');

const ofLeader = (was: Leader, leader: Leader): Change[] => [
  ...value({ what: 'leader-name', of: leader.name }, was.name, leader.name),
  ...value({ what: 'leader-title', of: leader.name }, was.title, leader.title),
  ...value({ what: 'leader-topics', of: leader.name }, was.topics?.join(', '), leader.topics?.join(', ')),
  ...value({ what: 'leader-audience', of: leader.name }, was.audience, leader.audience),
  ...ofPeople('delegate', was.delegates, leader.delegates, leader.name),
];

const ofPeople = (what: 'delegate' | 'curator' | 'admin', before: Person[], after: Person[], of?: string): Change[] => [
  ...comings(what, before, after, of),
  ...after.flatMap(({ id, name }) => {
    const was = before.find((person) => person.id === id);
    return was ? value({ what: 'name' }, was.name, name) : [];
  }),
];

function comings(what: Changed, before: Person[], after: Person[], of?: string): Change[] {
  const about = of === undefined ? { what } : { what, of };
  return [
    ...after.filter(lacks(before)).map(({ name }) => ({ ...about, to: name })),
    ...before.filter(lacks(after)).map(({ name }) => ({ ...about, from: name })),
  ];
}

const lacks =
  (people: Person[]) =>
  (person: Person): boolean =>
    !people.some(({ id }) => id === person.id);

const ofTexts = (about: Pick<Change, 'what'>, before: string[], after: string[]): Change[] => [
  ...after.filter((text) => !before.includes(text)).map((to) => ({ ...about, to })),
  ...before.filter((text) => !after.includes(text)).map((from) => ({ ...about, from })),
];

const ofPolicy = (before: Policy, after: Policy): Change[] => [
  ...value({ what: 'questions-a-day' }, before.limits.questions, after.limits.questions),
  ...value({ what: 'votes-a-day' }, before.limits.votes, after.limits.votes),
  ...value({ what: 'mix-size' }, before.mixing.size, after.mixing.size),
  ...value({ what: 'mix-minutes' }, before.mixing.minutes, after.mixing.minutes),
  ...value({ what: 'overdue-days' }, before.overdueDays, after.overdueDays),
  ...value({ what: 'dry-days' }, before.dryDays, after.dryDays),
  ...ofTexts({ what: 'holiday' }, holidaysOf(before), holidaysOf(after)),
  ...value({ what: 'language' }, before.language, after.language),
];

const holidaysOf = ({ holidays }: Policy): string[] => holidays.map(({ day, name }) => `${name} (${day})`);

type Value = string | number | undefined;

function value(about: Pick<Change, 'what' | 'of'>, before: Value, after: Value): Change[] {
  const [from, to] = [say(before), say(after)];
  if (from === to) return [];
  return [{ ...about, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

/** An empty text says as much as none. */
const say = (of: Value): string | undefined => (of === undefined || of === '' ? undefined : String(of));
