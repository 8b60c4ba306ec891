import { z } from 'zod';
import { publish, publishOn, settle } from '../../app/curate.ts';
import { reschedule, retract, schedule, scheduleNext, unschedule } from '../../app/plan.ts';
import type { Question } from '../../domain/question.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { Instant, Publishing, standingOf } from './channels.ts';
import { type Desk, route } from './route.ts';
import { doAll, Several } from './several.ts';
import { Id, Typed } from './thread.ts';

const ChannelId = z.string().min(1).max(500);

const showPublishing = route({
  method: 'get',
  path: '/api/questions/:id/publishing',
  may: ['curator'],
  input: z.strictObject({ id: Id }),
  output: Publishing,
  async act(desk, { id }) {
    const kept = await desk.deps.store.question(id);
    return kept === undefined ? { refused: 'not-found' } : standingOf(desk, kept.question);
  },
});

/** What a curator does to one question, and how it stands then. */
const acting = <Path extends string, Input extends z.ZodType<{ id: string }>>(
  path: Path,
  input: Input,
  act: (desk: Desk, input: z.output<Input>) => Promise<Question | Refusal>,
) =>
  route({
    method: 'post',
    path,
    may: ['curator'],
    input,
    output: Publishing,
    async act(desk, given) {
      const result = await act(desk, given);
      return isRefusal(result) ? result : standingOf(desk, result);
    },
  });

const OfChannel = z.strictObject({ id: Id, channel: ChannelId });
const Planned = OfChannel.extend({ at: Instant });

const publishNow = acting(
  '/api/questions/:id/publish',
  z.strictObject({ id: Id, channels: z.array(ChannelId).min(1).max(100) }),
  ({ deps, caller }, { id, channels }) => publish(deps, caller.id, id, channels),
);
const publishRest = acting('/api/questions/:id/publish-on', z.strictObject({ id: Id }), ({ deps, caller }, { id }) =>
  publishOn(deps, caller.id, id),
);
const plan = acting('/api/questions/:id/schedule', Planned, ({ deps, caller }, { id, channel, at }) =>
  schedule(deps, caller.id, id, { channel, at }),
);
const move = acting('/api/questions/:id/reschedule', Planned, ({ deps, caller }, { id, channel, at }) =>
  reschedule(deps, caller.id, id, { channel, at }),
);
const takeOff = acting('/api/questions/:id/unschedule', OfChannel, ({ deps, caller }, { id, channel }) =>
  unschedule(deps, caller.id, id, channel),
);
const takeOut = acting(
  '/api/questions/:id/retract',
  OfChannel.extend({ reason: Typed }),
  ({ deps, caller }, { id, channel, reason }) => retract(deps, caller.id, id, { channel, reason }),
);
const settleIt = acting(
  '/api/questions/:id/settle',
  OfChannel.extend({ saw: z.enum(['there', 'nothing']) }),
  ({ deps, caller }, { id, channel, saw }) => settle(deps, caller.id, id, channel, saw),
);

const publishMany = route({
  method: 'post',
  path: '/api/publish',
  may: ['curator'],
  input: z.strictObject({
    questions: z.array(Id).min(1).max(50),
    channel: ChannelId,
    /** At once, or each in the next free Slot. */
    when: z.enum(['now', 'next']),
  }),
  output: Several,
  act: (desk, { questions, channel, when }) =>
    doAll(desk, questions, (deps, id) =>
      when === 'now' ? publish(deps, desk.caller.id, id, [channel]) : scheduleNext(deps, desk.caller.id, id, channel),
    ),
});

export const publishing = [
  showPublishing,
  publishNow,
  publishRest,
  plan,
  move,
  takeOff,
  takeOut,
  settleIt,
  publishMany,
] as const;
