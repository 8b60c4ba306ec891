import { owedAt } from '../../bot/domain/delivery.ts';
import type { Question } from '../../bot/domain/question.ts';
import { canaryOf, foundIn } from '../support/canary.ts';
import { kofi, type Person } from '../support/cast.ts';
import { type Card, textOf } from '../support/client.ts';
import type { Rest } from './rest.ts';
import { NOTICE, type People } from './people.ts';

type State = 'absent' | Question['state'];

/** A question as the people know it: what they did, and what they were told. */
export interface Asked {
  words: string;
  asker: Person;
  leader: Person;
  /** Known once it was seen in the store. */
  id?: string;
  /** One state where the last act was acknowledged; else also the one before. */
  mayBe: State[];
  answer?: string;
  said: { words: string; accepted: boolean }[];
  /** Acknowledged votes, and those that may have been cast. */
  votes: { told: number; perhaps: number };
  channels: string[];
  /** Kills after which a private card may stand twice: it was sent, and nobody wrote that down. */
  cut: number;
  /** Posts that a curator asked for once more, where Teams had not told what became of them. */
  again: number;
  /** The keys of its week are destroyed: nothing leads from it to its asker. */
  isClosed?: boolean;
  /** Presses the same button again. */
  repeat?: () => Promise<boolean>;
}

interface Look {
  world: People;
  rest: Rest;
  asked: Asked;
  question: Question | undefined;
}

/** What is wrong with what the bot keeps and shows, measured by what people were told. */
export async function judge(world: People): Promise<string[]> {
  const rest = await world.ground.read();
  const faults = [...rest.torn];
  for (const asked of world.asked) {
    const found = rest.questions.filter(({ id, words }) => id === asked.id || words === asked.words);
    if (found.length > 1) faults.push(`${asked.words} stands ${found.length} times in the store`);
    const [question] = found;
    if (question !== undefined) asked.id = question.id;
    const look = { world, rest, asked, question };
    for (const rule of [isKept, isShown, isCounted, isPublished, isForgotten])
      faults.push(...(await rule(look)).map((fault) => `${asked.words} ${fault}`));
  }
  return [...faults, ...unnoticed(world), ...(await unlisted(world))];
}

async function isKept({ world, asked, question }: Look): Promise<string[]> {
  const state = question?.state ?? 'absent';
  const waits = state === 'absent' && asked.mayBe.includes('open') && (await world.busy()).waiting > 0;
  const wrong = asked.mayBe.includes(state) || waits ? [] : [`is ${state}, not ${asked.mayBe.join(' or ')}`];
  if (question === undefined) return wrong;
  if (owedAt(question) !== undefined) wrong.push('still owes something');
  const thread = question.thread.map(({ words }) => words);
  for (const { words, accepted } of asked.said) {
    const times = thread.filter((one) => one === words).length;
    if (times > 1 || (accepted && times === 0)) wrong.push(`holds ${times} times "${words}"`);
  }
  const dead = question.deliveries.filter(({ state }) => state === 'dead');
  return [...wrong, ...dead.map((delivery) => `gave up: ${JSON.stringify(delivery)}`)];
}

/** Each card stands once before whom it concerns, and shows what is in the store. */
function isShown({ world, asked, question }: Look): string[] {
  if (question === undefined || question.state === 'withdrawn') return [];
  const faults: string[] = [];
  const seen = (person: Person, words: string) =>
    world.cards(person).filter((card) => textOf(card).includes(words) && !isList(card));
  // A follow-up comes on a card of its own, which shows the question, too.
  const stands = (who: string, cards: Card[]) => {
    if (cards.length === 0) faults.push(`never came before ${who}`);
    if (cards.length > 1 + asked.said.length + asked.cut) faults.push(`stands ${cards.length} times before ${who}`);
  };
  const before = seen(asked.leader, asked.words);
  stands('its leader', before);
  if (question.state === 'answered') {
    stands('the curator', seen(kofi, asked.words));
    if (!before.some((card) => textOf(card).includes(asked.answer ?? '')))
      faults.push('has no answer before its leader');
  }
  for (const { words, accepted } of asked.said)
    if (accepted) stands('its leader, followed up,', seen(asked.leader, words));
  return faults;
}

/** Lists stand in a chat as well: they are not the card of one question. */
const isList = (card: Card): boolean => /^(Open questions|My questions|Your questions|.* waiting)/.test(textOf(card));

function isCounted({ rest, asked, question }: Look): string[] {
  if (question === undefined) return [];
  const { told, perhaps } = asked.votes;
  const rows = rest.votes.get(question.id) ?? 0;
  // What is no longer open keeps the number that it closed with: whoever voted a moment before may not be in it.
  const least = question.state === 'open' ? told : 0;
  const isRight = least <= question.votes && question.votes <= rows && told <= rows && rows <= perhaps;
  return isRight ? [] : [`counts ${question.votes} votes of ${rows}; ${told} were acknowledged, ${perhaps} cast`];
}

/** Nothing is published twice, unless a curator who was told that it is uncertain asked for it. */
function isPublished({ world, asked, question }: Look): string[] {
  const faults: string[] = [];
  for (const channel of asked.channels) {
    const threads = world.teams.channelThreads(channel).map((posts) => posts.map(({ card }) => textOf(card as Card)));
    const roots = threads.filter(([root]) => root?.includes(asked.words));
    const answers = roots.flat().filter((text) => text.includes(asked.answer ?? ' '));
    const publication =
      question?.state === 'answered' ? question.publications.find((one) => one.channel === channel) : undefined;
    for (const posts of [roots, answers])
      if (posts.length > 1 + asked.again) faults.push(`is published ${posts.length} times`);
    if (publication === undefined && roots.length > 0) faults.push('is published, and its question does not say so');
    if (publication?.state === 'posting') faults.push('is on its way for ever');
    if (publication?.state === 'posted' && (roots.length === 0 || answers.length === 0))
      faults.push('is not published');
    const isTold = world.cards(kofi).some((card) => textOf(card).includes(asked.words) && UNSURE.test(textOf(card)));
    if (publication?.state === 'uncertain' && !isTold) faults.push('is uncertain, and no curator is told');
  }
  return faults;
}

export const UNSURE = /Teams did not say whether the post arrived/;

/** What was taken back left its words in no byte of any file and in no row, and no Seal. */
async function isForgotten({ world, rest, asked, question }: Look): Promise<string[]> {
  if (question?.state !== 'withdrawn') return [];
  const faults = rest.seals.has(world.ground.sealId(question.id)) ? ['is withdrawn, and has a Seal'] : [];
  const files = await world.ground.files();
  const holding = files.filter(({ bytes }) => foundIn(bytes, canaryOf('words', asked.words)).length > 0);
  const shown = world.cards(asked.leader).some((card) => textOf(card).includes(asked.words));
  if (shown) faults.push('is withdrawn, and stands before its leader');
  return [...faults, ...holding.map(({ file }) => `is withdrawn, and its words are in ${file}`)];
}

/** Everybody finds their own: a Slip leads to each question that was acknowledged, and to none that is not there. */
async function unlisted(world: People): Promise<string[]> {
  const faults: string[] = [];
  for (const asker of new Set(world.asked.map(({ asker }) => asker))) {
    const listed = await world.mine(asker);
    for (const asked of world.asked.filter((one) => one.asker === asker && one.isClosed !== true)) {
      const isThere = listed.includes(asked.words);
      const must = !asked.mayBe.includes('absent') && !asked.mayBe.includes('withdrawn');
      if (must && !isThere) faults.push(`${asked.words} is not among its asker’s own`);
      if (isThere && asked.mayBe.join() === 'withdrawn') faults.push(`${asked.words} is withdrawn, and listed`);
    }
  }
  return faults;
}

/** Everybody who was answered was told so. */
function unnoticed(world: People): string[] {
  return [...new Set(world.asked.map(({ asker }) => asker))].flatMap((asker) => {
    const answered = world.asked.filter((one) => one.asker === asker && one.mayBe.join() === 'answered').length;
    const notices = world.cards(asker).filter((card) => textOf(card).includes(NOTICE)).length;
    return notices < answered ? [`${asker.name} was told ${notices} times of ${answered} answers`] : [];
  });
}
