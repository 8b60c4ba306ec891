import { asCurator, mayDraft } from '../app/authority.ts';
import { owns } from '../app/mine.ts';
import { asSeen } from '../app/wordings.ts';
import { type Reading, wholeCard } from '../cards/whole.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

/** A thread part by part, for whoever may see the card on which it was shortened. */
export async function showWhole(turn: Turn, { question: id, part }: Form<'whole'>): Promise<Reply> {
  const kept = await turn.deps.store.question(id);
  const reading = kept && (await readingOf(turn, kept.question));
  if (kept === undefined || reading === undefined) return refuse(turn, { refused: 'not-found' });
  const seen = reading.side === 'asker' ? await asSeen(turn.deps, kept.question) : kept.question;
  return { view: wholeCard(turn.say, seen, { ...reading, part }), title: turn.say('whole.title') };
}

/** Nothing for whom it is not: to anybody else, it is not here. */
async function readingOf({ deps, me }: Turn, question: Question): Promise<Omit<Reading, 'part'> | undefined> {
  const directory = deps.directory();
  if (question.leader === me.id) return { side: 'leader' };
  if (mayDraft(directory, question, me.id)) return { side: 'reader', backVerb: 'question.show' };
  if (question.state === 'answered' && !isRefusal(asCurator(directory, me.id))) return { side: 'reader' };
  return (await owns(deps, me.asker, question.id)) ? { side: 'asker' } : undefined;
}
