import { leaderOf } from '../domain/directory.ts';
import { ask as asked } from '../domain/life.ts';
import { type Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { weekOf } from '../domain/week.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { ownSlips } from './mine.ts';
import type { Asker, Deps } from './ports.ts';

export interface AskForm {
  submission: string;
  leader: string;
  words: string;
  topic?: string | undefined;
  /** The asker's name, where they chose to sign. */
  signed?: string | undefined;
}

/**
 * Takes a question in. Seal and Slip are written first and the Question last, so that a question that is there can
 * always be answered back; a repeat of the same submission finds the question there and changes nothing.
 */
export async function ask(deps: Deps, asker: Asker, form: AskForm): Promise<Question | Refusal> {
  const { store, sealer, clock } = deps;
  const words = checkWords(form.words, LIMITS.question);
  if (isRefusal(words)) return words;
  const directory = deps.directory();
  if (leaderOf(directory, form.leader) === undefined) return { refused: 'unknown-leader' };
  const id = asker.questionId(form.submission);
  const known = await store.question(id);
  if (known !== undefined) return known.question;

  await store.putSeal(sealer.sealId(id), await asker.seal(id));
  await addSlip(deps, asker, id);
  const topic = form.topic !== undefined && directory.topics.includes(form.topic) ? { topic: form.topic } : {};
  const signed = form.signed === undefined ? {} : { signed: form.signed };
  const question = asked({ id, leader: form.leader, words, week: weekOf(clock.now()), ...topic, ...signed });
  await store.add(question);
  deps.wake();
  return question;
}

async function addSlip({ store }: Deps, asker: Asker, question: string): Promise<void> {
  const [epoch] = asker.epochs();
  if (epoch === undefined) throw new Error('There is no epoch to write a Slip in');
  const own = await ownSlips(store, asker, epoch);
  if (own.tags.has(question)) return;
  for (let n = own.next; ; n += 1) {
    const tag = asker.slipTag(epoch, n);
    if (await store.addSlip(tag, asker.writeSlip(epoch, tag, question))) return;
  }
}
