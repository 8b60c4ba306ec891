import type { Greeting } from '../app/meet.ts';
import type { View } from '../cards/cards.ts';
import { type Command, type Say, wordFor } from '../cards/say.ts';

const WORDS: Command[] = ['ask', 'mine', 'questions', 'declined'];
const ORDER: Greeting[] = ['leader', 'delegate', 'curator', 'admin', 'asker'];

/** Greets a person in the roles that are new to them, their work first. */
export function welcome(say: Say, greetings: Greeting[]): View {
  const named = {
    ask: wordFor(say, 'ask'),
    queue: wordFor(say, 'queue'),
    deliveries: wordFor(say, 'deliveries'),
  };
  const sections = ORDER.filter((greeting) => greetings.includes(greeting)).map((greeting) => ({
    title: say(`welcome.${greeting}.title`),
    text: say(`welcome.${greeting}.text`, named),
  }));
  const leads = greetings.includes('leader') || greetings.includes('delegate');
  const own: Command[] = [
    ...(leads ? ['queue' as const] : []),
    ...(greetings.includes('curator') ? ['deliveries' as const] : []),
  ];
  const words = { title: say('welcome.words'), text: sayWords(say, [...WORDS, ...own, 'help']) };
  return { card: 'welcome', say, data: { sections: [...sections, words], asks: true, leads } };
}

export const sayWords = (say: Say, words: readonly Command[]): string =>
  words.map((word) => wordFor(say, word)).join(' · ');
