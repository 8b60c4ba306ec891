import { isSmall, leaderOf } from '../domain/directory.ts';
import { ask as asked } from '../domain/life.ts';
import { type Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { refuseBlocked } from './block.ts';
import { count } from './limit.ts';
import { countSlips, ownSlips } from './mine.ts';
import { find, mixes, wait } from './mix.ts';
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
 * Takes a question in: into its queue, or among those that wait to be mixed. Seal and Slip are written first and the
 * question last, so that a question that is there can always be answered back; a repeat of the same submission finds it
 * there and changes nothing.
 */
export async function ask(deps: Deps, asker: Asker, form: AskForm): Promise<Question | Refusal> {
  const words = checkWords(form.words, LIMITS.question);
  if (isRefusal(words)) return words;
  const directory = deps.directory();
  const leader = leaderOf(directory, form.leader);
  if (leader === undefined) return { refused: 'unknown-leader' };
  const id = asker.questionId(form.submission);
  const known = await find(deps, id);
  if (known !== undefined) {
    // Whoever kept it may have failed before telling anybody: what is owed for it must not wait for the next sweep.
    deps.wake();
    return known.state === 'waiting' ? asked(known) : known;
  }
  const blocked = await refuseBlocked(deps, asker);
  if (blocked !== undefined) return blocked;
  if (form.signed === undefined && isSmall(directory, leader))
    return { refused: 'small-audience', leader: leader.name };
  const counted = await count(deps, asker, 'questions', form.submission);
  if (isRefusal(counted)) return counted;
  return takeIn(deps, asker, { ...form, id, words });
}

async function takeIn(deps: Deps, asker: Asker, form: AskForm & { id: string }): Promise<Question> {
  const { store, sealer } = deps;
  const { id, leader, words } = form;
  const seal = await asker.seal(id);
  // In no order between them, so that they can share what makes them durable.
  await Promise.all([addSlip(deps, asker, id), store.putSeal(sealer.sealId(id), seal)]);
  const { topics } = deps.directory();
  const topic = form.topic !== undefined && topics.includes(form.topic) ? { topic: form.topic } : {};
  const signed = form.signed === undefined ? {} : { signed: form.signed };
  const asking = { id, leader, words, week: seal.epoch, ...topic, ...signed };
  await (mixes(deps.policy().mixing) ? wait(deps, asking) : store.add(asked(asking)));
  deps.wake();
  return asked(asking);
}

async function addSlip({ store }: Deps, asker: Asker, question: string): Promise<void> {
  const [epoch] = asker.epochs();
  if (epoch === undefined) throw new Error('There is no epoch to write a Slip in');
  const count = await countSlips(store, asker, epoch);
  for await (const own of ownSlips(store, asker, epoch, count)) if (own.question === question) return;
  for (let n = count; ; n += 1) {
    const tag = asker.slipTag(epoch, n);
    if (await store.addSlip(epoch, tag, asker.writeSlip(epoch, tag, question))) return;
  }
}
