import { z } from 'zod';
import { isSmall, nameOf, rolesOf } from '../../domain/directory.ts';
import { route } from './route.ts';

export const Role = z.enum(['leader', 'delegate', 'curator', 'admin']);

/** Who one is here, and whom one may ask. */
export const Me = z.strictObject({
  /** As the directory has it, or else the token; empty where neither says. */
  name: z.string(),
  roles: z.array(Role),
  leaders: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      title: z.string().optional(),
      /** What they answer for; everything where it is left out. */
      topics: z.array(z.string()).optional(),
      /** Few people can ask this leader: only a signed question is taken. */
      isSmall: z.boolean(),
    }),
  ),
  /** Whom the form to ask suggests. */
  defaultLeader: z.string().optional(),
  topics: z.array(z.string()),
  locale: z.string(),
});
export type Me = z.infer<typeof Me>;

const showMe = route({
  method: 'get',
  path: '/api/me',
  may: 'everyone',
  output: Me,
  async act({ deps, caller, locale }) {
    const directory = deps.directory();
    return {
      name: nameOf(directory, caller.id) ?? caller.name ?? '',
      roles: rolesOf(directory, caller.id),
      leaders: directory.leaders.map((leader) => ({
        id: leader.id,
        name: leader.name,
        ...(leader.title === undefined ? {} : { title: leader.title }),
        ...(leader.topics === undefined ? {} : { topics: leader.topics }),
        isSmall: isSmall(directory, leader),
      })),
      ...(directory.defaults.leader === undefined ? {} : { defaultLeader: directory.defaults.leader }),
      topics: directory.topics,
      locale,
    };
  },
});

export const me = [showMe] as const;
