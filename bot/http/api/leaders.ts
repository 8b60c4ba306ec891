import { z } from 'zod';
import { recordOf } from '../../app/records.ts';
import { leaderOf } from '../../domain/directory.ts';
import { toFew } from '../../domain/few.ts';
import { route } from './route.ts';
import { People } from './thread.ts';

/** How a leader answers. No sum of small numbers is told, from which one of them could be worked out. */
const showRecord = route({
  method: 'get',
  path: '/api/leaders/:id',
  may: 'everyone',
  input: z.strictObject({ id: z.string().max(500) }),
  output: z.strictObject({
    answered: People,
    waiting: People,
    declined: People,
    /** Half of the newest answers came within so many weeks. */
    weeks: z.int().optional(),
  }),
  async act({ deps }, { id }) {
    if (leaderOf(deps.directory(), id) === undefined) return { refused: 'unknown-leader' };
    const { answered, waiting, declined, weeks } = await recordOf(deps, id);
    return {
      answered: toFew(answered),
      waiting: toFew(waiting),
      declined: toFew(declined),
      ...(weeks === undefined ? {} : { weeks }),
    };
  },
});

export const leaders = [showRecord] as const;
