import type { BrowserContext } from 'playwright-core';
import { scheduleNext } from '../../bot/app/plan.ts';
import { setSlots } from '../../bot/app/planner.ts';
import { must } from './app.ts';
import { ana, CHANNEL, kofi, noor, omar, otto, type Person } from './cast.ts';
import type { Desks } from './desk.ts';

/** What there is to see on a desk that has something to show. */
export type Ids = Readonly<Record<'open' | 'answered' | 'published' | 'declined', string>>;

/** A page of the desk as somebody comes to it. */
export type Sight = { readonly name: string; readonly as: Person; readonly page: (ids: Ids) => string };

const at = (page: string) => () => page;

/** Every page, by somebody who has it. */
export const SIGHTS: readonly Sight[] = [
  { name: 'answers', as: omar, page: at('answers') },
  { name: 'open', as: omar, page: at('open') },
  { name: 'register', as: omar, page: at('register') },
  { name: 'ask', as: omar, page: at('ask') },
  { name: 'mine', as: noor, page: at('mine') },
  { name: 'thread', as: omar, page: ({ published }) => `q/${published}` },
  { name: 'board', as: kofi, page: at('board') },
  { name: 'question', as: kofi, page: ({ answered }) => `q/${answered}` },
  { name: 'planner', as: kofi, page: at('planner') },
  { name: 'settings', as: ana, page: at('settings') },
];

/** What else a page may show; it loads and fails as the page does. */
export const FURTHER: readonly Sight[] = [
  { name: 'question-open', as: kofi, page: ({ open }) => `q/${open}` },
  { name: 'question-published', as: kofi, page: ({ published }) => `q/${published}` },
  { name: 'question-declined', as: kofi, page: ({ declined }) => `q/${declined}` },
  { name: 'planner-month', as: kofi, page: at('planner?view=month') },
  { name: 'settings-topics', as: ana, page: at('settings?part=topics') },
  { name: 'settings-policy', as: ana, page: at('settings?part=policy') },
  { name: 'settings-log', as: ana, page: at('settings?part=log') },
  { name: 'settings-file', as: ana, page: at('settings?part=file') },
];

/** Text that wants to be more than text, in every place that shows what people wrote. */
export const HOSTILE =
  '<img src=x onerror="document.title=1"> [x](javascript:alert(1)) ![](http://pixel.example/p) <at>CEO</at> ${leader} {words} {{DATE(2026-01-01)}} &lt;b&gt; **bold** שלום 👩‍👩‍👧';
const WEEKLY = [2, 4].map((weekday) => ({ weekday, time: '09:00' }));
const LONG = 'A question with no end in sight, which goes on and on. '.repeat(30).trim();

/** Fills the desk: each state, long and hostile words, several topics. */
export async function furnish({ seed, deps }: Pick<Desks, 'seed' | 'deps'>): Promise<Ids> {
  const open = await seed({ words: 'Why did we close the Lyon office?', topic: 'Strategy', votes: 5 });
  await seed({ words: LONG, leader: otto });
  await seed({ words: HOSTILE, topic: 'Culture', votes: 1 });
  const answered = await seed({
    words: 'Who pays for the new headquarters, when there was no raise this year?',
    topic: 'Pay and benefits',
    state: 'answered',
    answer: 'We all do, and I should have said so when we signed. The lease costs as much as a raise of 1.2 %.',
    followUp: 'Will there be a raise next year, then?',
    votes: 3,
  });
  await seed({ words: 'Why is the canteen closed on Fridays?', leader: otto, state: 'answered', answer: HOSTILE });
  const published = await seed({
    words: 'Do managers read our survey comments before they are made anonymous?',
    topic: 'Culture',
    state: 'published',
    answer:
      'Two people did, until March. It was wrong, and it has ended. Comments now reach managers in groups of ten.',
    followUp: 'Who were they?',
    reply: 'The heads of two departments. I will not name them, and I have spoken with both.',
  });
  await seed({ words: HOSTILE, state: 'published', answer: HOSTILE });
  await seed({ words: 'What does the board plan for the Oslo site?', state: 'published', isSigned: true });
  const declined = await seed({
    words: 'How much does Otto earn?',
    topic: 'Pay and benefits',
    state: 'declined',
    reason: 'personal',
  });
  await seed({
    words: 'Which sites close next?',
    state: 'declined',
    because: 'The talks with the works council go on until June.',
  });
  const slots = { zone: 'Europe/Berlin', weekly: WEEKLY, holidays: [] };
  await setSlots(deps, kofi.aadObjectId, { channel: CHANNEL.id, slots });
  const planned = await seed({ words: 'When do we hear about the new shifts?', topic: 'Strategy', state: 'answered' });
  must(await scheduleNext(deps, kofi.aadObjectId, planned));
  return { open, answered, published, declined };
}

/** The states of a page beside that of having something to show. */
export const STATES = {
  /** What the page asks for never comes. */
  loading: (context: BrowserContext) => intercept(context, 'wait'),
  /** What the page asks for fails. */
  failed: (context: BrowserContext) => intercept(context, 'fail'),
} as const;

const FAULT = {
  refused: 'fault',
  words: 'This did not work just now. Please try again in a moment.',
  reference: 'a1b2',
};

async function intercept(context: BrowserContext, how: 'wait' | 'fail'): Promise<void> {
  await context.route(/\/api\/(?!me$)/, (route) =>
    how === 'fail' ? route.fulfill({ status: 500, json: FAULT }) : undefined,
  );
}
