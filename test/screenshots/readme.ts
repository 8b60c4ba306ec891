/** Pictures the board for the README: `node test/screenshots/readme.ts [file]`. */
import { join } from 'node:path';
import { scheduleNext } from '../../bot/app/plan.ts';
import { setSlots } from '../../bot/app/planner.ts';
import { must } from '../support/app.ts';
import { CHANNEL, kofi, otto } from '../support/cast.ts';
import { type Desks, startDesks } from '../support/desk.ts';

const [file = join(import.meta.dirname, 'board.png')] = process.argv.slice(2);

/** A week at a company that asks. */
async function fill({ seed, deps }: Desks): Promise<void> {
  await seed({
    words: 'Why did we close the Lyon office without telling the people there first?',
    topic: 'Strategy',
    votes: 5,
  });
  await seed({ words: 'Will there be a second year of the leadership programme?', leader: otto });
  await seed({
    words: 'Can we see what managers earn compared with the rest of us?',
    topic: 'Pay and benefits',
    votes: 5,
  });
  await seed({
    words: 'Who pays for the new headquarters, when there was no raise this year?',
    topic: 'Pay and benefits',
    state: 'answered',
  });
  await seed({ words: 'Why is the canteen closed on Fridays?', leader: otto, topic: 'Culture', state: 'answered' });
  const shifts = await seed({ words: 'When do we hear about the new shifts?', leader: otto, state: 'answered' });
  await seed({
    words: 'Do managers read our survey comments before they are made anonymous?',
    topic: 'Culture',
    state: 'published',
    followUp: 'Who were they?',
    reply: 'The heads of two departments. I have spoken with both.',
  });
  await seed({ words: 'What does the board plan for the Oslo site?', topic: 'Strategy', state: 'published' });
  await seed({ words: 'Which sites close next?', topic: 'Strategy', state: 'declined' });
  const slots = { zone: 'Europe/Berlin', weekly: [2, 4].map((weekday) => ({ weekday, time: '09:00' })), holidays: [] };
  await setSlots(deps, kofi.aadObjectId, { channel: CHANNEL.id, slots });
  must(await scheduleNext(deps, kofi.aadObjectId, shifts));
}

const desks = await startDesks();
try {
  await fill(desks);
  const desk = await desks.openDesk({ as: kofi, page: 'board', width: 1440, height: 800 });
  await desk.settles();
  await desk.tab.getByText('Which sites close next?').waitFor();
  await desk.page.screenshot({ path: file, animations: 'disabled' });
} finally {
  await desks.close();
}
