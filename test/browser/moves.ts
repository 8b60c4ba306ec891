import type { CardOnPage } from './card-on-page.ts';
import type { PlaygroundPage } from './playground-page.ts';

/** All that a person is told of what happened to their question. */
export const NOTICE = 'A question you follow has an update.';

export type Writing = {
  readonly press: string;
  readonly label: string;
  readonly words: string;
  readonly send?: string;
};

/** Opens a form from a card, writes into its text input, and sends it. Wait for what comes of it with `reads`. */
export async function write(card: CardOnPage, { press, label, words, send = 'Send' }: Writing): Promise<void> {
  await card.press(press);
  await card.fill(label, words);
  await card.press(send);
}

/** Asks through the form, and waits for the receipt. Gives the card that the form became. */
export async function ask(asker: PlaygroundPage, words: string, { signed = false } = {}): Promise<CardOnPage> {
  const form = await asker.command('ask', 'Ask a question');
  await form.fill('Your question', words);
  if (signed) await form.tick('Sign with my name');
  await form.press('Send');
  await form.reads('Your question is in the queue.');
  return form;
}

/** Answers a question from the leader's card, and waits until the card shows the answer. */
export async function answer(leader: PlaygroundPage, question: string, words: string): Promise<CardOnPage> {
  const card = await leader.card(question);
  await write(card, { press: 'Answer', label: 'Answer', words });
  await card.reads('Correct the answer');
  return card;
}

/** Opens the asker's own question from the list that a command brings. */
export async function openOwn(asker: PlaygroundPage, question: string): Promise<CardOnPage> {
  // Words that only the list holds: an older card with the question may be drawn anew meanwhile.
  const list = await asker.command('my questions', 'Ines Duarte · week');
  await list.press('Open', question);
  await list.reads('My question to');
  return list;
}
