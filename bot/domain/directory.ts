/** Someone with a role, in the clear: leaders, delegates, curators, admins. Never employees. */
export interface Person {
  /** The Microsoft Entra object id, lower case. */
  id: string;
  name: string;
}

export interface Leader extends Person {
  title?: string | undefined;
  /** What they answer for, among the directory's topics. Absent: everything. */
  topics?: string[] | undefined;
  delegates: Person[];
  /** How many people can ask this leader, where that differs from the directory's. */
  audience?: number | undefined;
}

/** Who is what, and the defaults. */
export interface Directory {
  leaders: Leader[];
  curators: Person[];
  admins: Person[];
  topics: string[];
  /** How many people can ask. Absent: unknown, and then nothing can be said of small audiences. */
  audience?: number | undefined;
  defaults: { leader?: string | undefined; channel?: string | undefined };
}

export type Role = 'leader' | 'delegate' | 'curator' | 'admin';

export const leaderOf = (directory: Directory, id: string): Leader | undefined =>
  directory.leaders.find((leader) => leader.id === id);

/** Among fewer people a question without a name is hardly anonymous: who asks what is guessed too easily. */
export const LEAST_AUDIENCE = 10;

export const isSmall = (directory: Directory, leader: Leader): boolean =>
  (leader.audience ?? directory.audience ?? LEAST_AUDIENCE) < LEAST_AUDIENCE;

/** The leaders whose queue this person may read: their own, and those they draft for. */
export const queuesOf = (directory: Directory, id: string): Leader[] =>
  directory.leaders.filter((leader) => leader.id === id || leader.delegates.some((delegate) => delegate.id === id));

export function rolesOf(directory: Directory, id: string): Role[] {
  const has = (people: Person[]) => people.some((person) => person.id === id);
  const roles: Role[] = [];
  if (has(directory.leaders)) roles.push('leader');
  if (directory.leaders.some((leader) => has(leader.delegates))) roles.push('delegate');
  if (has(directory.curators)) roles.push('curator');
  if (has(directory.admins)) roles.push('admin');
  return roles;
}

/** Whoever may agree to stop an author, once each. */
export const curatorsAndAdmins = ({ curators, admins }: Directory): Person[] => [
  ...new Map([...curators, ...admins].map((person) => [person.id, person])).values(),
];

/** The name that the directory gives a person, so that no name comes from card data. */
export function nameOf(directory: Directory, id: string): string | undefined {
  const everyone = [
    ...directory.leaders,
    ...directory.leaders.flatMap((leader) => leader.delegates),
    ...directory.curators,
    ...directory.admins,
  ];
  return everyone.find((person) => person.id === id)?.name;
}
