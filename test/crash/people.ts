import assert from 'node:assert/strict';
import { shuffle } from '../../bot/app/shuffle.ts';
import { sayRefusal } from '../../bot/cards/refusal.ts';
import { speak } from '../../bot/cards/say.ts';
import { incoming } from '../support/activities.ts';
import { CHANNEL, ines, kaia, kofi, otto, type Person, SECOND_CHANNEL } from '../support/cast.ts';
import { buttonsOf, type Card, type Client, makeClient, type Seen, textOf } from '../support/client.ts';
import { post } from '../support/post.ts';
import type { Teams } from '../support/teams.ts';
import { at, freshWord } from '../privacy/form.ts';
import type { Asked } from './ledger.ts';
import type { Ground } from './rest.ts';

const leaders: readonly Person[] = [ines, ines, otto];
const GONE = sayRefusal(speak('en'), { refused: 'not-found' });
/** Comes unasked, at any moment. */
export const NOTICE = 'A question you follow has an update.';
const isAnswer = (card: Card): boolean => !textOf(card).includes(NOTICE);
const VOTE = 'I’d ask this too';

export interface Around {
  ground: Ground;
  teams: Teams;
  chance: () => number;
  /** Those among them who ask. */
  askers: readonly Person[];
}

/** What people do with bots that may be gone at any moment. What they were told is written down in `asked`. */
export abstract class People {
  readonly asked: Asked[] = [];
  readonly ground: Ground;
  readonly teams: Teams;
  readonly #askers: readonly Person[];
  readonly #chance: () => number;

  constructor({ ground, teams, chance, askers }: Around) {
    this.ground = ground;
    this.teams = teams;
    this.#chance = chance;
    this.#askers = askers;
  }

  /** Where Teams reaches a bot now. */
  abstract url(): string;
  /** Does what counts. Nothing where no answer came. */
  protected abstract act(press: () => Promise<Seen>): Promise<Seen | undefined>;
  /** Questions wait for a second one before they enter. */
  abstract get isMixed(): boolean;

  /** One of these, by chance. */
  readonly one = <Value>(list: readonly Value[]): Value => at(list, Math.floor(this.#chance() * 1e6)) as Value;
  readonly client = (person: Person): Client => makeClient(() => this.url(), this.teams.url, person);

  async meet(): Promise<void> {
    for (const person of [ines, otto, kofi, kaia]) await this.client(person).installs();
    const activity = incoming({ serviceUrl: this.teams.url });
    await post(this.url(), activity.installsInTeam(kofi));
    await post(this.url(), activity.isAddedToTeam(kofi));
  }

  readonly cards = (person: Person): Card[] =>
    this.teams.conversation(person.conversationId).map(({ card }) => (card ?? {}) as Card);

  /** The last card in somebody's chat that shows all of this. */
  card(person: Person, ...texts: string[]): Promise<Card> {
    const shows = (card: Card) => texts.every((text) => textOf(card).includes(text));
    return this.teams.until(() => this.cards(person).findLast(shows));
  }

  async command(person: Person, text: string): Promise<Card> {
    const before = this.cards(person).length;
    await this.client(person).says(text);
    return this.teams.until(() => this.cards(person).slice(before).findLast(isAnswer));
  }

  /** Waits until everything owed by now is carried out. */
  async settled(): Promise<void> {
    const isQuiet = async () => {
      const { owing, waiting } = await this.busy();
      return owing === 0 && !(this.isMixed && waiting > 1);
    };
    await this.teams.until(isQuiet);
    await this.teams.settled({ quietMs: 20 });
    await this.teams.until(isQuiet);
  }

  readonly busy = () => this.ground.busy();

  async asks(): Promise<Asked> {
    const [asker, leader] = [this.one(this.#askers), this.one(leaders)];
    const words = `Is there more than ${freshWord()} behind this?`;
    const form = await this.command(asker, 'ask');
    const again = () => this.client(asker).press(form, 'Send', { words, leader: leader.aadObjectId });
    const asked: Asked = {
      words,
      asker,
      leader,
      mayBe: ['absent', 'open'],
      said: [],
      votes: { told: 0, perhaps: 0 },
      channels: [],
      cut: 0,
      again: 0,
    };
    this.asked.push(asked);
    await this.#repeats(asked, again, (seen) => {
      if (!textOf(seen.card).startsWith('Sent')) return false;
      asked.mayBe = ['open'];
      return true;
    });
    return asked;
  }

  async answers(asked: Asked): Promise<void> {
    const client = this.client(asked.leader);
    const form = await client.press(await this.card(asked.leader, asked.words), 'Answer');
    const words = `It is ${freshWord()}.`;
    asked.mayBe = ['open', 'answered'];
    asked.answer = words;
    await this.#repeats(
      asked,
      () => client.press(form.card, 'Send', { words }),
      (seen) => {
        if (seen.status !== 200) return false;
        asked.mayBe = ['answered'];
        return true;
      },
    );
  }

  async publishes(asked: Asked, channels: string[] = [CHANNEL.id]): Promise<void> {
    const client = this.client(kofi);
    const card = await this.card(kofi, asked.words, 'Publish in General');
    const form = channels.length > 1 ? (await client.press(card, 'Choose channels')).card : card;
    const press = () =>
      channels.length > 1
        ? client.press(form, 'Publish', { channels: channels.join(',') })
        : client.press(card, 'Publish in General');
    asked.channels = channels;
    await this.#repeats(asked, press, ({ status }) => status === 200);
  }

  readonly publishesInTwo = (asked: Asked) => this.publishes(asked, [CHANNEL.id, SECOND_CHANNEL.id]);

  /** Somebody wants an open question of this leader answered, too; nobody where all want all. */
  async votes(leader: Person): Promise<void> {
    const voters = shuffle(this.#askers, { chance: this.#chance });
    for (const voter of voters) if (await this.#votesAs(voter, leader)) return;
  }

  async #votesAs(voter: Person, leader: Person): Promise<boolean> {
    const client = this.client(voter);
    const { card } = await client.press(await this.command(voter, 'questions'), 'Show', { leader: leader.aadObjectId });
    const buttons = buttonsOf(card).filter(({ title }) => title === VOTE);
    const known = (id: unknown) => this.asked.find((asked) => asked.id !== undefined && asked.id === id);
    const nth = buttons.findIndex(({ data }) => known(data['question']) !== undefined);
    const asked = known(buttons[nth]?.data['question']);
    if (asked === undefined) return false;
    asked.votes.perhaps += 1;
    await this.#repeats(
      asked,
      () => client.press(card, VOTE, {}, nth),
      ({ status }) => {
        if (status === 200) asked.votes.told += 1;
        return status === 200;
      },
    );
    return true;
  }

  async followsUp(asked: Asked): Promise<void> {
    const client = this.client(asked.asker);
    const form = await client.press(await this.#own(asked), 'Follow up');
    const words = `And what about ${freshWord()}?`;
    const said = { words, accepted: false };
    asked.said.push(said);
    await this.#repeats(
      asked,
      () => client.press(form.card, 'Send', { words }),
      ({ status }) => (said.accepted = status === 200),
    );
  }

  async withdraws(asked: Asked): Promise<void> {
    const client = this.client(asked.asker);
    const confirm = await client.press(await this.#own(asked), 'Withdraw');
    asked.mayBe = ['open', 'withdrawn'];
    await this.#repeats(
      asked,
      () => client.press(confirm.card, 'Withdraw'),
      (seen) => {
        // A blank Slip leads to no question: for its asker, it is not there.
        if (!textOf(seen.card).startsWith('Withdrawn') && seen.note !== GONE) return false;
        asked.mayBe = ['withdrawn'];
        return true;
      },
    );
  }

  /** All that somebody reads in the list of their own questions. */
  async mine(person: Person): Promise<string> {
    const client = this.client(person);
    let card: Card | undefined = await this.command(person, 'my questions');
    let text = textOf(card);
    while (buttonsOf(card).some(({ title }) => title === 'More')) {
      ({ card } = await client.press(card, 'More'));
      text += textOf(card);
    }
    return text;
  }

  /** The asker's own question, opened from their list. */
  async #own(asked: Asked): Promise<Card | undefined> {
    const client = this.client(asked.asker);
    const list = await this.command(asked.asker, 'my questions');
    const opens = buttonsOf(list).filter(({ title }) => title === 'Open');
    for (const [nth, { data }] of opens.entries()) {
      const { card } = await client.press(list, 'Open', {}, nth);
      if (!textOf(card).includes(asked.words)) continue;
      asked.id = data['question'] as string;
      return card;
    }
    throw new Error(`${asked.words} is not among its asker’s own`);
  }

  /** Presses; somebody who got no answer may press again once the bot is back. */
  async #repeats(asked: Asked, press: () => Promise<Seen>, onSeen: (seen: Seen) => boolean): Promise<void> {
    const seen = await this.act(press);
    delete asked.repeat;
    if (seen !== undefined) assert.ok(onSeen(seen), `Refused: ${seen.note ?? textOf(seen.card)}`);
    else asked.repeat = async () => onSeen(await press());
  }
}
