import type { Greeting } from '../app/meet.ts';
import { said } from '../cards/asker.ts';
import type { View } from '../cards/cards.ts';
import { rolesOf } from '../domain/directory.ts';
import { openAsk } from './asking.ts';
import { showQueue } from './leading.ts';
import { showMine } from './owning.ts';
import { showQuestions, showRegister } from './reading.ts';
import { showStuck } from './stuck.ts';
import type { Reply, Turn } from './turn.ts';
import { welcome } from './welcome.ts';

type Command = (turn: Turn) => Promise<Reply>;

const asView = (view: View): Promise<Reply> => Promise.resolve({ view });

/** Words of a person's own stay out of the chat history: where there are dialogs, the chat only gets the button. */
const privately =
  (show: Command, button: View): Command =>
  (turn) =>
    turn.forms === 'dialog' ? asView(button) : show(turn);

const askButton = said('Ask a question', 'What you write in the form is not kept in this chat.', { asks: true });
const mineButton = said('My questions', 'They open in a window of their own and are not kept in this chat.', {
  mine: true,
});

const NOT_KEPT = said(
  'That was not sent to anyone',
  'I did not keep what you typed, but it stays in this chat’s history. Ask privately instead, or write “help” to see what else I understand.',
  { asks: true },
);

function help({ deps, me }: Turn): Promise<Reply> {
  const greetings: Greeting[] = ['asker', ...rolesOf(deps.directory(), me.id)];
  return asView(welcome(greetings));
}

/** Something short is a mistyped word rather than a question. */
const isShort = (text: string): boolean => text.length <= 24 && text.split(' ').length <= 3 && !text.includes('?');

const UNKNOWN = said('I don’t know that word', 'Try: ask · my questions · questions · declined · help', {
  asks: true,
  mine: true,
  questions: true,
});

/** What answers a text that is no command. Nothing of it is kept. */
export const notACommand = (text: string): View => (isShort(text.trim()) ? UNKNOWN : NOT_KEPT);

const NEAR: Readonly<Record<string, string>> = {
  delivery: 'deliveries',
  question: 'questions',
  'my question': 'my questions',
  mine: 'my questions',
  hi: 'help',
  hello: 'help',
  'help me': 'help',
  start: 'help',
};

/** What a person can type in the chat with the bot. The manifest lists the same words. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['ask', privately(openAsk, askButton)],
  ['my questions', privately((turn) => showMine(turn), mineButton)],
  ['questions', (turn) => showQuestions(turn)],
  ['declined', (turn) => showRegister(turn)],
  ['queue', (turn) => showQueue(turn)],
  ['deliveries', (turn) => showStuck(turn)],
  ['help', help],
]);

/** The word that was typed, as `commands` knows it. */
export function toCommand(text: string): string {
  const word = text
    .replaceAll(/<at>[^<]*<\/at>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/[.?!]+$/, '');
  return Object.hasOwn(NEAR, word) ? (NEAR[word] ?? word) : word;
}
