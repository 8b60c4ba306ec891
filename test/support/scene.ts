import { incoming } from './activities.ts';
import { type BotOptions, startBot, type TestBot } from './bot.ts';
import { ana, CHANNEL, devi, ines, kaia, kofi, lena, noor, omar, otto, type Person } from './cast.ts';
import { type Card, type Client, makeClient, plain, type Seen, textOf } from './client.ts';
import { post } from './post.ts';
import { type Message, startTeams, type Teams } from './teams.ts';

const people = { noor, ines, devi, kofi, kaia, ana, omar, otto, lena };
type Name = keyof typeof people;

/** A bot, a stand-in for Teams, and the cast, each with a client. */
export type Scene = Record<Name, Client> & {
  readonly teams: Teams;
  /** Whether forms open as dialogs. */
  readonly isDialog: boolean;
  bot: TestBot;
  /** The last card in a person's chat that shows this text; waits for it, bounded. */
  card(person: Person, text: string): Promise<Card>;
  cards(person: Person): Card[];
  /** The cards of a channel's thread, the root first. */
  thread(nth?: number): Card[];
  /** Types a command and returns the card that answers it. */
  command(client: Client, text: string): Promise<Card>;
  /** Resolves when everything owed has been carried out. */
  settled(): Promise<void>;
  /** Noor asks; the question stands in Ines' chat. Returns Ines' card. */
  asked(words: string, inputs?: Record<string, string>): Promise<Card>;
  /** Ines answers from her card. */
  answered(card: Card, words: string): Promise<Seen>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** Whatever comes unasked says in its summary what it is. */
const answersWord = ({ activity }: Message): boolean => plain(activity.summary ?? '') === 'Forthright';

const cardOf = ({ card }: Message): Card => (card ?? {}) as Card;

export type SceneOptions = {
  meets?: Name[];
  /** The language of everybody's Teams, or of some; left out: American English. */
  locales?: string | Partial<Record<Name, string>>;
};

/** Sets the scene: the cast has met the bot, and it is installed in a team. `meets: []` leaves everybody out. */
export async function openScene(options: Partial<BotOptions> & SceneOptions = {}): Promise<Scene> {
  const teams = await startTeams();
  const bot = await startBot({ forms: 'inline', serviceUrl: teams.url, ...options });
  const scene = makeScene(teams, bot, options);
  for (const name of options.meets ?? (['noor', 'ines', 'kofi', 'kaia'] as const)) await scene[name].installs();
  const activity = incoming({ serviceUrl: teams.url });
  await post(bot.url, activity.installsInTeam(kofi));
  await post(bot.url, activity.isAddedToTeam(kofi));
  return scene;
}

function makeScene(teams: Teams, first: TestBot, { locales = {}, forms }: Partial<BotOptions> & SceneOptions): Scene {
  const of = (name: Name) => (typeof locales === 'string' ? locales : locales[name]);
  const withLocale = (name: Name, person: Person): Person => {
    const locale = of(name);
    return locale === undefined ? person : { ...person, locale };
  };
  const clients = Object.fromEntries(
    Object.entries(people).map(([name, person]) => [
      name,
      makeClient(() => scene.bot.url, teams.url, withLocale(name as Name, person)),
    ]),
  ) as Record<Name, Client>;
  const cards = (person: Person) => teams.conversation(person.conversationId).map(cardOf);
  const scene: Scene = {
    ...clients,
    teams,
    isDialog: forms === 'dialog',
    bot: first,
    cards,
    card: (person, text) => teams.until(() => cards(person).findLast((card) => textOf(card).includes(text))),
    thread: (nth = 0) => threadsWithQuestions(teams)[nth]?.map(cardOf) ?? [],
    async command({ person, says }, text) {
      const before = cards(person).length;
      await says(text);
      const news = () => teams.conversation(person.conversationId).slice(before);
      // A notice may come in between.
      const answer = await teams.until(() => news().findLast(answersWord) ?? news().at(-1));
      return cardOf(answer);
    },
    settled: () => teams.settled(),
    async asked(words, inputs = {}) {
      const noorsForm = await askForm(scene);
      await clients.noor.press(noorsForm, 'Send', { words, ...inputs });
      return scene.card(inputs['leader'] === otto.aadObjectId ? otto : ines, words);
    },
    async answered(card, words) {
      const form = await clients.ines.press(card, 'Answer');
      return clients.ines.press(form.card, 'Send', { words });
    },
    async restart() {
      scene.bot = await scene.bot.restart();
    },
    async close() {
      await scene.bot.remove();
      await teams.stop();
    },
  };
  return scene;
}

/** The form as a client of either kind comes to it. */
async function askForm(scene: Scene): Promise<Card | undefined> {
  const card = await scene.command(scene.noor, 'ask');
  return textOf(card).includes('Your question') ? card : (await scene.noor.press(card, 'Ask privately')).card;
}

const threadsWithQuestions = (teams: Teams) =>
  teams.channelThreads(CHANNEL.id).filter(([root]) => textOf(root && cardOf(root)).includes('A question for'));
