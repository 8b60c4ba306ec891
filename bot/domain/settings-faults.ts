import type { Leader, Person } from './directory.ts';
import { BOUNDS, type Policy, type Settings } from './settings.ts';
import { isDay } from './week.ts';

/** What is wrong with one field. `at` is the way to it, such as `leaders.0.delegates.1.id`. */
export type Fault = { at: string } & (
  | { fault: 'blank' | 'no-id' | 'twice' | 'not-a-leader' | 'not-a-topic' | 'not-a-day' | 'no-language' | 'nobody' }
  | { fault: 'too-long'; most: number }
  | { fault: 'not-between'; least: number; most: number }
);

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/;

/**
 * Every fault of the settings that somebody wants. Ids that stood there before are kept as they are: a file may have named
 * people in a way of its own.
 */
export function faultsOf({ directory, policy }: Settings, before: Settings): Fault[] {
  const known = new Set(peopleOf(before).map(({ id }) => id));
  const { leaders, curators, admins, topics, audience, defaults } = directory;
  const isLeader = defaults.leader === undefined || leaders.some(({ id }) => id === defaults.leader);
  return [
    ...group('leaders', leaders, known),
    ...leaders.flatMap((leader, at) => ofLeader(`leaders.${at}`, leader, { topics, known })),
    ...group('curators', curators, known),
    ...group('admins', admins, known),
    ...topics.flatMap((topic, at) => text(`topics.${at}`, topic, BOUNDS.topic)),
    ...twice('topics', topics),
    ...number('audience', audience, BOUNDS.audience),
    ...(isLeader ? [] : [{ at: 'defaults.leader', fault: 'not-a-leader' } as const]),
    ...ofPolicy(policy),
  ];
}

const peopleOf = ({ directory: { leaders, curators, admins } }: Settings): Person[] => [
  ...leaders,
  ...leaders.flatMap(({ delegates }) => delegates),
  ...curators,
  ...admins,
];

/** A group that must not be empty: without it nobody could answer, publish, or change this again. */
const group = (at: string, people: Person[], known: Set<string>): Fault[] =>
  people.length === 0 ? [{ at, fault: 'nobody' }] : everyone(at, people, known);

const everyone = (at: string, people: Person[], known: Set<string>): Fault[] => [
  ...people.flatMap((person, n) => [
    ...text(`${at}.${n}.name`, person.name, BOUNDS.name),
    ...(known.has(person.id) || OBJECT_ID.test(person.id) ? [] : [{ at: `${at}.${n}.id`, fault: 'no-id' } as const]),
  ]),
  ...twice(
    at,
    people.map(({ id }) => id),
    '.id',
  ),
];

function ofLeader(at: string, leader: Leader, there: { topics: string[]; known: Set<string> }): Fault[] {
  const { title = '', topics = [], delegates, audience } = leader;
  return [
    ...(title.length > BOUNDS.title ? [{ at: `${at}.title`, fault: 'too-long', most: BOUNDS.title } as const] : []),
    ...(topics.every((topic) => there.topics.includes(topic))
      ? []
      : [{ at: `${at}.topics`, fault: 'not-a-topic' } as const]),
    ...number(`${at}.audience`, audience, BOUNDS.audience),
    ...everyone(`${at}.delegates`, delegates, there.known),
  ];
}

function ofPolicy({ limits, mixing, overdueDays, dryDays, holidays, language }: Policy): Fault[] {
  return [
    ...number('policy.limits.questions', limits.questions, BOUNDS.aDay),
    ...number('policy.limits.votes', limits.votes, BOUNDS.aDay),
    ...number('policy.mixing.size', mixing.size, BOUNDS.mixSize),
    ...number('policy.mixing.minutes', mixing.minutes, BOUNDS.mixMinutes),
    ...number('policy.overdueDays', overdueDays, BOUNDS.overdueDays),
    ...number('policy.dryDays', dryDays, BOUNDS.dryDays),
    ...holidays.flatMap(({ day, name }, at) => [
      ...(isDay(day) ? [] : [{ at: `policy.holidays.${at}.day`, fault: 'not-a-day' } as const]),
      ...text(`policy.holidays.${at}.name`, name, BOUNDS.name),
    ]),
    ...twice(
      'policy.holidays',
      holidays.map(({ day }) => day),
      '.day',
    ),
    ...(LANGUAGE.test(language) ? [] : [{ at: 'policy.language', fault: 'no-language' } as const]),
  ];
}

function text(at: string, words: string, most: number): Fault[] {
  if (words === '') return [{ at, fault: 'blank' }];
  return words.length > most ? [{ at, fault: 'too-long', most }] : [];
}

function number(at: string, value: number | undefined, { least, most }: { least: number; most: number }): Fault[] {
  const holds = value === undefined || (Number.isInteger(value) && value >= least && value <= most);
  return holds ? [] : [{ at, fault: 'not-between', least, most }];
}

/** The second of two that are alike, and each one after it. */
const twice = (at: string, values: string[], field = ''): Fault[] =>
  values.flatMap((value, n) =>
    value !== '' && values.indexOf(value) < n ? [{ at: `${at}.${n}${field}`, fault: 'twice' } as const] : [],
  );
