import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { crowd, devi, ines, kaia, kofi, noor, otto, type Person } from '../support/cast.ts';
import { buttonsOf, type Card, type Client, makeClient, type Seen, textOf } from '../support/client.ts';
import type { Scene } from '../support/scene.ts';
import { at, fill, freshWord, isForm } from './form.ts';
import type { Choice, Move } from './history.ts';
import { listening, newWitness, type Witness } from './witness.ts';

const askers: readonly Person[] = [...crowd, noor];
const roles: readonly Person[] = [ines, ines, otto, devi, kofi, kaia];
/** Those of whom nothing may be found. */
export const unnamed = askers;
const actors = [...askers, ...roles];

const COMMANDS = ['ask', 'my questions', 'my questions', 'questions', 'questions', 'declined', 'queue', 'help'];
const FAULTS = [{ status: 403 }, { status: 404 }, { status: 429 }, { status: 502, deliver: true }, { reset: true }];

/** Buttons that only show something else: pressed now and then, or histories would hardly come to anything. */
const LEADS_ELSEWHERE = new Set(
  'Ask|Ask another|Ask privately|Ask your own|Open questions|My questions|All my questions|My queue|See the queue|Back|Cancel|Show|More|From the start'.split(
    '|',
  ),
);

const opens = (card: Card | undefined): number[] =>
  buttonsOf(card).flatMap(({ title }, nth) => (title === 'Open' ? [nth] : []));

/** Plays one history against a bot. */
export class Player {
  readonly witness: Witness = newWitness();
  /** The titles of buttons that were pressed and answered. */
  readonly pressed = new Set<string>();
  readonly #scene: Scene;
  readonly #clients: Map<Person, Client>;
  readonly #screens = new Map<Person, Card>();
  #clock: SinonFakeTimers | undefined;
  readonly #last = new Map<Person, () => Promise<void>>();

  constructor(scene: Scene) {
    this.#scene = scene;
    const client = (person: Person) => makeClient(() => scene.bot.url, scene.teams.url, person);
    this.#clients = new Map(actors.map((person) => [person, client(person)]));
  }

  /** Days pass only where a move says so. */
  async play(moves: readonly Move[]): Promise<void> {
    this.#clock = useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    try {
      await listening(this.witness, () => this.#makeAll(moves));
    } finally {
      this.#clock.restore();
    }
  }

  async #makeAll(moves: readonly Move[]): Promise<void> {
    for (const one of moves) {
      await this.#make(one);
      // Cards that are on their way arrive before the next move, so that the same moves make the same history.
      await this.#scene.teams.settled({ quietMs: 4 });
    }
  }

  async #make(one: Move): Promise<void> {
    switch (one.do) {
      case 'asks':
        return this.#asks(at(askers, one.who) as Person, one.words);
      case 'types':
        return this.#types(at(actors, one.who) as Person, one.what);
      case 'presses':
        return this.#presses(at(actors, one.who) as Person, one);
      case 'returns':
        return this.#returns(at(askers, one.who) as Person, one);
      case 'repeats':
        return this.#last.get(at(actors, one.who) as Person)?.();
      case 'fails':
        return this.#fails(at(actors, one.who) as Person, one.how);
      case 'waits':
        return void this.#clock?.tick(one.days * 86_400_000);
      case 'restarts':
        this.witness.printed.push(...this.#scene.bot.lines);
        return this.#scene.restart();
    }
  }

  async #asks(person: Person, choice: number): Promise<void> {
    const form = await this.#command(person, 'ask');
    const opened = textOf(form).includes('Your question') ? form : await this.#press(person, form, 0, choice);
    const send = buttonsOf(opened).findIndex(({ title }) => title === 'Send');
    if (send >= 0) await this.#press(person, opened, send, choice);
  }

  async #types(person: Person, what: number): Promise<void> {
    if (what % 9 === 0) return void (await this.#clients.get(person)?.says(`I typed ${this.#word(person)} openly.`));
    const card = await this.#command(person, at(COMMANDS, what) as string);
    if (card !== undefined) await this.#pressAny(person, [card], { button: what >> 3, choice: what >> 5 });
  }

  /** Types a command; the card that answers it is on the person's screen. */
  async #command(person: Person, text: string): Promise<Card | undefined> {
    const before = this.#scene.cards(person).length;
    await this.#clients.get(person)?.says(text);
    const card = this.#scene.cards(person).slice(before).at(-1);
    if (card !== undefined) this.#screens.set(person, card);
    return card;
  }

  /** Somebody comes back to a question of theirs, and does something about it. */
  async #returns(person: Person, { button, choice }: Choice): Promise<void> {
    const list = await this.#command(person, 'my questions');
    const shown = opens(list).length > 0 ? list : await this.#press(person, list, 0, choice);
    const nth = at(opens(shown), choice);
    const own = nth === undefined ? undefined : await this.#press(person, shown, nth, choice);
    if (own !== undefined) await this.#pressAny(person, [own], { button, choice });
  }

  async #presses(person: Person, choice: Choice): Promise<void> {
    const screen = this.#screens.get(person);
    const chat = this.#scene.cards(person).slice(-6).toReversed();
    await this.#pressAny(person, [...(screen === undefined ? [] : [screen]), ...chat], choice);
  }

  /** Presses any button of these cards and, mostly, sends the form that it opens. */
  async #pressAny(person: Person, cards: Card[], { button, choice }: Choice): Promise<void> {
    const all = cards.flatMap((card) => buttonsOf(card).map(({ title }, nth) => ({ card, nth, title })));
    const acts = choice % 4 === 0 ? all : all.filter(({ title }) => !LEADS_ELSEWHERE.has(title));
    const title = at([...new Set(acts.map((one) => one.title))], button);
    const chosen = at(
      acts.filter((one) => one.title === title),
      choice,
    );
    if (chosen === undefined) return;
    const opened = await this.#press(person, chosen.card, chosen.nth, choice);
    if (opened !== undefined && isForm(opened) && choice % 8 > 0) await this.#press(person, opened, 0, choice);
  }

  /** Presses a card's nth button, its form filled in. */
  async #press(person: Person, card: Card | undefined, nth: number, choice: number): Promise<Card | undefined> {
    const buttons = buttonsOf(card);
    const button = buttons[nth];
    if (button === undefined || !/Execute|Submit/.test(button.type)) return undefined;
    const inputs = fill(card, choice, () => this.#word(person));
    const same = buttons.slice(0, nth).filter(({ title }) => title === button.title).length;
    const press = async () => {
      const seen = await this.#clients.get(person)?.press(card, button.title, inputs, same);
      if (seen !== undefined) this.#sees(person, seen);
    };
    if (inputs['signed'] === 'true' || JSON.stringify(button).includes('sign.send')) this.witness.signed.add(person);
    this.#last.set(person, press);
    this.pressed.add(button.title);
    await press();
    const shown = this.#screens.get(person);
    return shown === card ? undefined : shown;
  }

  #sees(person: Person, seen: Seen): void {
    this.witness.answers.push({ to: person, seen });
    if (seen.card !== undefined) this.#screens.set(person, seen.card);
  }

  #word(person: Person): string {
    const word = freshWord();
    if (askers.includes(person)) this.witness.askersWords.push(word);
    return word;
  }

  /** Teams refuses the next message to somebody's chat. */
  #fails(person: Person, how: number): void {
    const fault = at(FAULTS, how) ?? {};
    this.#scene.teams.fail({ ...fault, match: ({ path }) => path.includes(person.conversationId) });
  }
}
