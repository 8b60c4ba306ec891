import type { BotOptions } from '../support/bot.ts';
import { buttonsOf, type Card, type Client, makeClient, textOf } from '../support/client.ts';
import { crowd, ines, kofi, type Person } from '../support/cast.ts';
import { openScene, type Scene } from '../support/scene.ts';

/** A scene with clients for the crowd. */
export interface Company {
  readonly scene: Scene;
  readonly client: (person: Person) => Client;
  /** Somebody asks Ines; resolves with her card. */
  asks(person: Person, words: string): Promise<Card>;
  /** The card of their nth own question. */
  own(person: Person, nth?: number): Promise<Card>;
  readonly close: () => Promise<void>;
}

export async function openCompany(options: Partial<BotOptions> = {}): Promise<Company> {
  const scene = await openScene(options);
  const clients = new Map(
    crowd.map((person) => [person, makeClient(() => scene.bot.url, scene.teams.url, person)] as const),
  );
  const client = (person: Person) => clients.get(person) as Client;
  return {
    scene,
    client,
    async asks(person, words) {
      const form = await scene.command(client(person), 'ask');
      await client(person).press(form, 'Send', { words });
      return scene.card(ines, words);
    },
    async own(person, nth = 0) {
      const list = await scene.command(client(person), 'my questions');
      return (await client(person).press(list, 'Open', {}, nth)).card as Card;
    },
    close: () => scene.close(),
  };
}

/** The five of the crowd ask twice each, vote for everything, read two answers, follow up; some of it is published. */
export async function liveTogether(company: Company): Promise<void> {
  const { scene } = company;
  const cards: Card[] = [];
  for (const [at, person] of crowd.entries()) {
    await company.client(person).installs();
    cards.push(await company.asks(person, `The first thing that person ${at} wants to know?`));
    cards.push(await company.asks(person, `Another matter, which number ${at} brings up?`));
  }
  for (const person of crowd) await votesForAll(company, person);
  for (const [at, card] of cards.entries()) await scene.answered(card, `An answer, the ${at}. of ten.`);
  for (const [at, person] of crowd.entries()) {
    const form = await company.client(person).press(await company.own(person), 'Follow up');
    await company.client(person).press(form.card, 'Send', { words: `And what follows, in the case of ${at}?` });
  }
  await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
  await scene.settled();
}

/** Votes move questions from page to page while somebody reads: whoever wants all looks again until none is left. */
async function votesForAll(company: Company, person: Person): Promise<void> {
  for (let look = 0; look < 10; look += 1) if ((await votesOnce(company, person)) === 0) return;
  throw new Error('There was always one more to vote for');
}

/** Votes for what two pages show. How many that were. */
async function votesOnce({ scene, client }: Company, person: Person): Promise<number> {
  let given = 0;
  let card: Card | undefined = await scene.command(client(person), 'questions');
  for (let page = 0; page < 2; page += 1) {
    while (buttonsOf(card).some(({ title }) => title === 'I’d ask this too')) {
      const voted = await client(person).press(card, 'I’d ask this too');
      if (voted.card === undefined) throw new Error(`No vote: ${voted.note ?? textOf(card)}`);
      card = voted.card;
      given += 1;
    }
    if (!buttonsOf(card).some(({ title }) => title === 'More')) return given;
    card = (await client(person).press(card, 'More')).card;
  }
  return given;
}
