import { z } from 'zod';
import { schedule } from '../../app/plan.ts';
import { proposeFill, readReady, readStreams, readTallies, setSlots, type Stream } from '../../app/planner.ts';
import type { AnsweredQuestion } from '../../domain/question.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { dayIn, slotsBetween, timeIn } from '../../domain/slot.ts';
import { isDay } from '../../domain/week.ts';
import { shorten } from '../../domain/words.ts';
import { Instant } from './channels.ts';
import { type Desk, NOTHING, route } from './route.ts';
import { doAll, Several } from './several.ts';
import { Id, leaderIn } from './thread.ts';

const DAY = 86_400_000;
/** As much of a question as tells which one it is. */
const EXCERPT = 140;

const Day = z.string().refine(isDay);
const ChannelId = z.string().min(1).max(500);
const Weekly = z.strictObject({
  weekday: z.int().min(1).max(7),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
});
const Zone = z.string().min(1).max(100);
const Weeklies = z.array(Weekly).max(100);
const Holidays = z.array(Day).max(400);

/** A time as the clocks of the channel show it. */
const Shown = z.strictObject({ at: Instant, day: z.string(), time: z.string() });

const Row = z.strictObject({
  question: Id,
  /** The beginning of the question. */
  words: z.string(),
  leader: z.string(),
  topic: z.string().optional(),
});

const PlanChannel = z.strictObject({
  id: z.string(),
  name: z.string(),
  team: z.string(),
  /** UTC where nobody set any Slots. */
  zone: z.string(),
  today: z.string(),
  weekly: z.array(Weekly),
  holidays: z.array(z.string()),
  /** Of the Slots as they are read; none where nobody set any. */
  version: z.string().optional(),
  /** Those to come, holidays left out. */
  slots: z.array(Shown),
  planned: z.array(Row.extend({ ...Shown.shape, by: z.string() })),
  /** The first Slot without a thread, where it is near. */
  dry: Shown.optional(),
});

export const Plan = z.strictObject({
  /** Days without posts in any channel. */
  holidays: z.array(z.strictObject({ day: z.string(), name: z.string() })),
  channels: z.array(PlanChannel),
  /** Answered, and planned nowhere; the oldest first. */
  ready: z.array(Row),
});
export type Plan = z.infer<typeof Plan>;

const showPlan = route({
  method: 'get',
  path: '/api/slots',
  may: ['curator'],
  input: z
    .strictObject({ from: Day, to: Day })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 100 * DAY),
  output: Plan,
  async act(desk, { from, to }) {
    const { deps, caller } = desk;
    const [streams, ready] = await Promise.all([readStreams(deps, caller.id), readReady(deps, caller.id)]);
    if (isRefusal(streams)) return streams;
    if (isRefusal(ready)) return ready;
    return {
      holidays: deps.policy().holidays.map(({ day, name }) => ({ day, name })),
      channels: streams.map((stream) => toChannel(desk, stream, { from, to })),
      ready: ready.map((question) => toRow(desk, question)),
    };
  },
});

function toChannel(
  desk: Desk,
  stream: Stream,
  { from, to }: { from: string; to: string },
): z.input<typeof PlanChannel> {
  const { channel, slots, kept, planned, dryAt } = stream;
  const zone = slots?.zone ?? 'UTC';
  const now = desk.deps.clock.now().getTime();
  const shown = (at: number) => ({ at, day: dayIn(zone, at), time: timeIn(zone, at) });
  // A day begins up to fourteen hours earlier, or ends as much later, than in UTC.
  const [first, last] = [Math.max(now, Date.parse(from) - DAY), Date.parse(to) + 2 * DAY];
  const isWithin = ({ day }: { day: string }) => day >= from && day <= to;
  return {
    id: channel.id,
    name: channel.name,
    team: channel.teamName,
    zone,
    today: dayIn(zone, now),
    weekly: kept?.slots.weekly ?? [],
    holidays: kept?.slots.holidays ?? [],
    ...(kept === undefined ? {} : { version: kept.version }),
    slots: slots === undefined ? [] : slotsBetween(slots, first, last).map(shown).filter(isWithin),
    planned: planned.map(({ at, by, question }) => ({ ...toRow(desk, question), ...shown(at), by })).filter(isWithin),
    ...(dryAt === undefined ? {} : { dry: shown(dryAt) }),
  };
}

const toRow = ({ deps }: Desk, { id, words, leader, topic }: AnsweredQuestion): z.input<typeof Row> => ({
  question: id,
  words: shorten(words, EXCERPT),
  leader: leaderIn(deps.directory(), leader).name,
  ...(topic === undefined ? {} : { topic }),
});

const showTallies = route({
  method: 'get',
  path: '/api/slots/leaders',
  may: ['curator'],
  output: z.strictObject({
    /** Who has answered least comes first. Counted up to 100. */
    leaders: z.array(z.strictObject({ name: z.string(), answered: z.int(), waiting: z.int() })),
  }),
  async act({ deps, caller }) {
    const tallies = await readTallies(deps, caller.id);
    if (isRefusal(tallies)) return tallies;
    return { leaders: tallies.map(({ name, answered, waiting }) => ({ name, answered, waiting })) };
  },
});

const savePattern = route({
  method: 'put',
  path: '/api/slots',
  may: ['curator'],
  input: z.strictObject({
    channel: ChannelId,
    zone: Zone,
    weekly: Weeklies,
    holidays: Holidays,
    version: z.string().max(200).optional(),
  }),
  output: NOTHING,
  async act({ deps, caller }, { channel, version, ...slots }) {
    return (await setSlots(deps, caller.id, { channel, slots, version })) ?? {};
  },
});

const Proposals = z.strictObject({ proposals: z.array(Row.extend(Shown.shape)) });

const proposeThreads = route({
  method: 'get',
  path: '/api/slots/proposal',
  may: ['curator'],
  input: z.strictObject({ channel: ChannelId }),
  output: Proposals,
  async act(desk, { channel }) {
    const found = await proposeFill(desk.deps, desk.caller.id, channel);
    if (isRefusal(found)) return found;
    const { zone, proposals } = found;
    return {
      proposals: proposals.map(({ at, question }) => ({
        ...toRow(desk, question),
        at,
        day: dayIn(zone, at),
        time: timeIn(zone, at),
      })),
    };
  },
});

/** Does what was proposed, and nothing that was not shown. */
const fillSlots = route({
  method: 'post',
  path: '/api/slots/fill',
  may: ['curator'],
  input: z.strictObject({
    channel: ChannelId,
    proposals: z
      .array(z.strictObject({ question: Id, at: Instant }))
      .min(1)
      .max(50),
  }),
  output: Several,
  act(desk, { channel, proposals }) {
    const times = new Map(proposals.map(({ question, at }) => [question, at]));
    return doAll(desk, [...times.keys()], (deps, id) =>
      schedule(deps, desk.caller.id, id, { channel, at: times.get(id) ?? 0 }),
    );
  },
});

export const planner = [showPlan, showTallies, savePattern, proposeThreads, fillSlots] as const;
