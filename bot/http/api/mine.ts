import { z } from 'zod';
import { unseen } from '../../app/betraying.ts';
import { mine } from '../../app/mine.ts';
import { decideEdit } from '../../app/edit.ts';
import { asSeen } from '../../app/wordings.ts';
import { followUp, sign, withdraw } from '../../app/own.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { notYet, Sent, sent, signature } from './ask.ts';
import { Own, toOwn } from './own.ts';
import { type Desk, NOTHING, route } from './route.ts';
import { Id, Shown, Typed } from './thread.ts';

const PAGE = 20;

/**
 * One's own questions, whole. No path names one of them, here or below: whoever keeps a list of requests could read from it
 * who asked what.
 */
const showMine = route({
  method: 'get',
  path: '/api/mine',
  may: 'everyone',
  input: z.strictObject({ from: z.coerce.number().int().min(0).max(100_000).default(0) }),
  output: z.strictObject({ questions: z.array(Own), next: z.int().optional() }),
  async act(desk, { from }) {
    const listed = await mine(desk.deps, desk.caller.hand(), { from, limit: PAGE + 1 });
    const seen = await Promise.all(listed.slice(0, PAGE).map((own) => asSeen(desk.deps, own)));
    const questions = seen.map((own) => toOwn(desk.deps, own));
    return listed.length > PAGE ? { questions, next: from + PAGE } : { questions };
  },
});

const follow = route({
  method: 'post',
  path: '/api/mine/follow',
  may: 'everyone',
  input: z.strictObject({
    question: Id,
    submission: Id,
    words: Typed,
    about: z.enum(['clarification', 'follow-up']),
    shown: Shown,
  }),
  output: Sent,
  async act(desk, form) {
    const { deps, caller } = desk;
    const hand = caller.hand();
    const found = unseen(deps, signature(desk), form);
    if (found.length > 0 && !(await isSigned(desk, form.question))) return notYet(found);
    const followed = await followUp(deps, hand, form);
    return isRefusal(followed) ? followed : sent(false);
  },
});

/** Under a name there is nothing to betray. */
async function isSigned({ deps }: Desk, id: string): Promise<boolean> {
  return (await deps.store.question(id))?.question.signed !== undefined;
}

const done = (result: unknown): Record<string, never> | Refusal => (isRefusal(result) ? result : {});

const signOwn = route({
  method: 'post',
  path: '/api/mine/sign',
  may: 'everyone',
  input: z.strictObject({ question: Id }),
  output: NOTHING,
  async act(desk, { question }) {
    const name = signature(desk);
    return name === '' ? { refused: 'no-name' } : done(await sign(desk.deps, desk.caller.hand(), question, name));
  },
});

const withdrawOwn = route({
  method: 'post',
  path: '/api/mine/withdraw',
  may: 'everyone',
  input: z.strictObject({ question: Id }),
  output: NOTHING,
  act: async ({ deps, caller }, { question }) => done(await withdraw(deps, caller.hand(), question)),
});

const decideOnEdit = route({
  method: 'post',
  path: '/api/mine/edit',
  may: 'everyone',
  input: z.strictObject({ question: Id, proposal: Id, agrees: z.boolean() }),
  output: NOTHING,
  act: async ({ deps, caller }, form) => done(await decideEdit(deps, caller.hand(), form)),
});

export const myQuestions = [showMine, follow, signOwn, withdrawOwn, decideOnEdit] as const;
