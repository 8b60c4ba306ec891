import type { Greeting } from '../app/meet.ts';
import type { View } from '../cards/cards.ts';

const SECTIONS: Record<Greeting, { title: string; text: string }> = {
  asker: {
    title: 'Ask your leaders a question',
    text: 'They read your words, not your name, and answer themselves. Write “ask”, or press the button.',
  },
  leader: {
    title: 'You answer',
    text: 'Questions to you arrive here as cards. Answer from the card when you have two minutes. Write “queue” to see what waits.',
  },
  delegate: {
    title: 'You draft',
    text: 'Write “queue” to see the questions of the leader you draft for. Readers see who drafted an answer.',
  },
  curator: {
    title: 'You publish',
    text: 'Answers arrive here as cards. Choose what is published, and where. Write “deliveries” to see what did not arrive.',
  },
  admin: { title: 'You administer', text: 'Who leads, drafts and curates stands in the directory file.' },
};

const WORDS = ['ask', 'my questions', 'questions', 'declined'];

/** Greets a person in the roles that are new to them, their work first. */
export function welcome(greetings: Greeting[]): View {
  const order: Greeting[] = ['leader', 'delegate', 'curator', 'admin', 'asker'];
  const sections = order.filter((greeting) => greetings.includes(greeting)).map((greeting) => SECTIONS[greeting]);
  const leads = greetings.includes('leader') || greetings.includes('delegate');
  const own = [...(leads ? ['queue'] : []), ...(greetings.includes('curator') ? ['deliveries'] : [])];
  const words = { title: 'Words I know', text: [...WORDS, ...own, 'help'].join(' · ') };
  return { card: 'welcome', data: { sections: [...sections, words], asks: true, leads } };
}
