import { owe } from './delivery.ts';
import { type Edit, next, notOpen, type Question, withFace } from './question.ts';
import type { Refusal } from './refusal.ts';

/** What a curator proposes, so that words name nobody, say. */
export type Proposal = Omit<Extract<Edit, { state: 'proposed' }>, 'state'>;

/** Leaders and readers see nothing of it. A new proposal takes the place of the one before. */
export function proposeEdit(question: Question, proposal: Proposal): Question | Refusal {
  if (question.state === 'withdrawn') return notOpen(question);
  if (question.edit?.state === 'proposed' && question.edit.id === proposal.id) return question;
  if (proposal.words === question.words) return { refused: 'same-words' };
  const edit: Edit = { ...proposal, state: 'proposed' };
  return owe(unseen({ ...question, edit }), { kind: 'notice' });
}

/** The asker agrees to the very words that they saw: only now they stand in the place of their own. */
export function agreeToEdit(question: Question, proposal: string): Question | Refusal {
  const { edit, ...rest } = question;
  if (question.state === 'withdrawn') return notOpen(question);
  if (edit?.state !== 'proposed' || edit.id !== proposal) return { refused: 'edit-changed' };
  const edited = withFace({ ...rest, words: edit.words, edited: true });
  return edited.state === 'merged' ? owe(edited, { kind: 'wording', into: edited.into }) : edited;
}

/** The asker does not agree: their words stay, and comms read that they do. */
export function refuseEdit(question: Question, proposal: string): Question | Refusal {
  const { edit } = question;
  if (edit?.state !== 'proposed' || edit.id !== proposal) return { refused: 'edit-changed' };
  return unseen({ ...question, edit: { state: 'refused', by: edit.by } });
}

/** No card shows any of it. */
const unseen = (question: Question): Question => next(question, () => false);
