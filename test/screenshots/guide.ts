/**
 * Pictures what the guides show: `node test/screenshots/guide.ts [folder]`, by default into docs/pictures. card.png is
 * question.open.light.640.png of `npm run screenshots`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ana, ines, kofi, noor } from '../support/cast.ts';
import { type Desks, startDesks } from '../support/desk.ts';

const [folder = join(import.meta.dirname, '../../docs/pictures')] = process.argv.slice(2);
const WORDS = 'Why did we close the Lyon office without telling the people who work there first?';
const ANSWER =
  `Because I was wrong about what you would make of it. I wanted to have a plan for every one of you before I spoke, and so
you read it in the newspaper. I should have come on the day I knew. I am in Lyon on Thursday.`.replace('\n', ' ');

const LOOK = { width: 1000, height: 680 };

const shoot = (desk: Awaited<ReturnType<Desks['openDesk']>>, name: string): Promise<unknown> =>
  desk.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });

const desks = await startDesks();
try {
  await mkdir(folder, { recursive: true });
  const settings = await desks.openDesk({ ...LOOK, as: ana, page: 'settings' });
  await settings.settles();
  await settings.tab.getByRole('heading', { name: 'Leaders', exact: true }).waitFor();
  await shoot(settings, 'settings');

  const asking = await desks.openDesk({ ...LOOK, as: noor, page: 'ask' });
  await asking.settles();
  await asking.tab.getByLabel('Your question').fill(WORDS);
  await shoot(asking, 'ask');

  const id = await desks.seed({ words: WORDS, leader: ines, topic: 'Strategy', state: 'answered', answer: ANSWER });
  const question = await desks.openDesk({ ...LOOK, as: kofi, page: `q/${id}` });
  await question.settles();
  await question.tab.getByText('Because I was wrong').first().waitFor();
  await shoot(question, 'publish');
} finally {
  await desks.close();
}
