import { z } from 'zod';
import { ask } from '../../app/ask.ts';
import { unseen } from '../../app/betraying.ts';
import { mixes } from '../../app/mix.ts';
import type { Finding } from '../../domain/betray.ts';
import { nameOf } from '../../domain/directory.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { type Desk, NOTHING, route } from './route.ts';
import { Findings, Id, Shown, Typed } from './thread.ts';

/** A form has an id from the moment it opens, so that sending it twice is sending it once. */
const openForm = route({
  method: 'post',
  path: '/api/forms',
  may: 'everyone',
  input: NOTHING,
  output: z.strictObject({ submission: Id }),
  act: async ({ deps }) => ({ submission: deps.ids.fresh() }),
});

/** Sent; or not yet, because the words may show who writes them. */
export const Sent = z.union([
  z.strictObject({ sent: z.literal(true), isOnItsWay: z.boolean() }),
  z.strictObject({ sent: z.literal(false), found: Findings }),
]);

type Said = z.input<typeof Sent>;
export const sent = (isOnItsWay: boolean): Said => ({ sent: true, isOnItsWay });
export const notYet = (found: Finding[]): Said => ({ sent: false, found });

/** The name under a signature is what directory and sign-in say, and nothing that a page sends. */
export const signature = ({ deps, caller }: Desk): string => nameOf(deps.directory(), caller.id) ?? caller.name ?? '';

const sendAsk = route({
  method: 'post',
  path: '/api/ask',
  may: 'everyone',
  input: z.strictObject({
    submission: Id,
    leader: z.string().max(500),
    words: Typed,
    topic: z.string().max(500).optional(),
    signed: z.boolean().default(false),
    /** Kinds of findings that the form has shown. */
    shown: Shown,
  }),
  output: Sent,
  async act(desk, { signed, ...form }) {
    const { deps, caller } = desk;
    const name = signature(desk);
    if (signed && name === '') return { refused: 'no-name' };
    const found = signed ? [] : unseen(deps, name, form);
    if (found.length > 0) return notYet(found);
    const asked = await ask(deps, caller.hand(), { ...form, signed: signed ? name : undefined });
    return isRefusal(asked) ? asked : sent(mixes(deps.policy().mixing));
  },
});

export const asking = [openForm, sendAsk] as const;
