import type { Greeting } from '../app/meet.ts';
import { said } from '../cards/asker.ts';
import type { View } from '../cards/cards.ts';
import { type Command, commandOf, type Say, wordFor } from '../cards/say.ts';
import { rolesOf } from '../domain/directory.ts';
import { openAsk } from './asking.ts';
import { showQueue } from './leading.ts';
import { showMine } from './owning.ts';
import { showQuestions, showRegister } from './reading.ts';
import { showStuck } from './stuck.ts';
import type { Reply, Turn } from './turn.ts';
import { sayWords, welcome } from './welcome.ts';

type Answer = (turn: Turn) => Promise<Reply>;

const asView = (view: View): Promise<Reply> => Promise.resolve({ view });

/** Words of a person's own stay out of the chat history: where there are dialogs, the chat only gets the button. */
const privately =
  (show: Answer, button: (say: Say) => View): Answer =>
  (turn) =>
    turn.forms === 'dialog' ? asView(button(turn.say)) : show(turn);

const askButton = (say: Say): View => said(say, say('ask.title'), say('chat.ask'), { asks: true });
const mineButton = (say: Say): View => said(say, say('shared.myQuestions'), say('chat.mine'), { mine: true });

function help({ deps, me, say }: Turn): Promise<Reply> {
  const greetings: Greeting[] = ['asker', ...rolesOf(deps.directory(), me.id)];
  return asView(welcome(say, greetings));
}

/** Something short is a mistyped word rather than a question. */
const isShort = (text: string): boolean => text.length <= 24 && text.split(' ').length <= 3 && !text.includes('?');

/** What answers a text that is no command. Nothing of it is kept. */
function notACommand(say: Say, text: string): View {
  if (!isShort(text)) {
    const told = say('chat.notKept.text', { help: wordFor(say, 'help') });
    return said(say, say('chat.notKept.title'), told, { asks: true });
  }
  const words = sayWords(say, ['ask', 'mine', 'questions', 'declined', 'help']);
  const buttons = { asks: true, mine: true, questions: true };
  return said(say, say('chat.unknown.title'), say('chat.unknown.text', { words }), buttons);
}

/** What answers each word that can be typed in the chat with the bot. The manifest lists them in English. */
export const commands: Readonly<Record<Command, Answer>> = {
  ask: privately(openAsk, askButton),
  mine: privately((turn) => showMine(turn), mineButton),
  questions: (turn) => showQuestions(turn),
  declined: (turn) => showRegister(turn),
  queue: (turn) => showQueue(turn),
  deliveries: (turn) => showStuck(turn),
  help,
};

/** Answers what was typed in the chat. */
export function answerText(turn: Turn, typed: string): Promise<Reply> {
  const text = typed
    .replaceAll(/<at>[^<]*<\/at>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const command = commandOf(text.toLowerCase().replace(/[.?!]+$/, ''));
  return command === undefined ? asView(notACommand(turn.say, text)) : commands[command](turn);
}
