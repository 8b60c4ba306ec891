import type { Noted } from './deeds.ts';
import type { AnsweredQuestion, Block, Entry, Publication, Question } from './question.ts';
import { weekOf } from './week.ts';

/** What was done, without the week: which role a deed belongs to is told by the deed, never by who sent it. */
type Deed = Omit<Noted, 'week'>;

/** The asking, and all that was noted since. */
export const historyOf = ({ week, history = [] }: Question): Noted[] => [
  { week, role: 'asker', did: 'asked' },
  ...history,
];

/**
 * Adds what one change has done. What stands there already stays, whatever the change made of it. A repeat of the last deed in
 * the same week is one: a draft that is saved ten times was written.
 */
export function noted<Q extends Question>(before: Question, after: Q, now: Date): Q {
  const history = [...(before.history ?? [])];
  for (const deed of deedsOf(before, after, now)) {
    const one: Noted = { week: weekOf(now), ...deed };
    if (JSON.stringify(one) !== JSON.stringify(history.at(-1))) history.push(one);
  }
  const { history: _history, ...rest } = after;
  return (history.length === 0 ? rest : { ...rest, history }) as Q;
}

const deedsOf = (before: Question, after: Question, now: Date): Deed[] => [
  ...said(before, after),
  ...turned(before, after),
  ...kept(before, after),
  ...published(before, after, now),
  ...stopped(before, after),
];

const SAID: Record<Entry['kind'], Deed> = {
  'ask-back': { role: 'leader', did: 'asked-back' },
  clarification: { role: 'asker', did: 'clarified' },
  'follow-up': { role: 'asker', did: 'followed-up' },
  reply: { role: 'leader', did: 'replied' },
};

const said = (before: Question, after: Question): Deed[] =>
  after.thread.filter(({ id }) => !before.thread.some((known) => known.id === id)).map(({ kind }) => SAID[kind]);

/** The question came to another state, or to another leader, or its answer to another revision. */
function turned(before: Question, after: Question): Deed[] {
  if (before.leader !== after.leader) {
    const isEntrusted = after.state === 'open' && after.entrusted === after.leader;
    return [{ role: isEntrusted ? 'comms' : 'leader', did: 'handed-on' }];
  }
  if (before.state === 'answered' && after.state === 'answered')
    return after.answer.revision > before.answer.revision ? [{ role: 'leader', did: 'corrected' }] : [];
  if (before.state === after.state) return [];
  if (after.state === 'answered') return [{ role: 'leader', did: 'answered' }];
  if (after.state === 'declined') return [{ role: after.decline.role, did: 'declined' }];
  if (after.state === 'merged') return [{ role: 'curator', did: 'merged' }];
  // By a curator; or because who asked the other question took it back.
  if (before.state === 'merged' && after.state === 'open') return [{ role: 'comms', did: 'unmerged' }];
  return after.state === 'withdrawn' ? [{ role: 'asker', did: 'withdrawn' }] : [];
}

/** Something was written down that leaves the question where it is. */
function kept(before: Question, after: Question): Deed[] {
  const deeds: Deed[] = [];
  const [draft, promise] = [draftOf(after), promiseOf(after)];
  const isNewDraft = draft !== undefined && JSON.stringify(draft) !== JSON.stringify(draftOf(before));
  if (isNewDraft) deeds.push({ role: draft.by === after.leader ? 'leader' : 'delegate', did: 'drafted' });
  if (promise !== undefined && promise !== promiseOf(before)) deeds.push({ role: 'leader', did: 'promised' });
  if (after.topic !== before.topic && after.state !== 'withdrawn') deeds.push({ role: 'curator', did: 'sorted' });
  if ((after.wordings ?? []).length > (before.wordings ?? []).length) deeds.push({ role: 'curator', did: 'carried' });
  deeds.push(...edited(before, after));
  if (after.signed !== undefined && before.signed === undefined) deeds.push({ role: 'asker', did: 'signed' });
  return deeds;
}

/** A merged question keeps both for the day on which it is open again. */
const draftOf = (question: Question) => ('draft' in question ? question.draft : undefined);
const promiseOf = (question: Question) => ('promise' in question ? question.promise : undefined);

function edited({ edit: was }: Question, { state, edit, edited }: Question): Deed[] {
  const proposed = was?.state === 'proposed' ? was.id : undefined;
  if (edit?.state === 'proposed') return edit.id === proposed ? [] : [{ role: 'curator', did: 'edit-proposed' }];
  if (proposed === undefined || state === 'withdrawn') return [];
  return edit === undefined && edited
    ? [{ role: 'asker', did: 'edit-agreed' }]
    : [{ role: 'asker', did: 'edit-refused' }];
}

/** What curators did with it, by channel; what was planned for a time that has come was posted by the bot. */
function published(before: Question, after: Question, now: Date): Deed[] {
  if (after.state !== 'answered') return [];
  const channels = new Map<string, { deed: Deed; channels: string[] }>();
  const was = before.state === 'answered' ? before : undefined;
  for (const channel of channelsOf(was, after)) {
    const deed = movedIn(find(was, channel), find(after, channel), now);
    if (deed === undefined) continue;
    const key = `${deed.role} ${deed.did}`;
    channels.set(key, { deed, channels: [...(channels.get(key)?.channels ?? []), channel] });
  }
  const deeds = [...channels.values()].map((one): Deed => ({ ...one.deed, channels: one.channels }));
  if (was !== undefined && deeds.length === 0 && after.agreed.length > was.agreed.length)
    deeds.push({ role: 'curator', did: 'continued' });
  if (after.notNow !== undefined && JSON.stringify(after.notNow) !== JSON.stringify(was?.notNow))
    deeds.push({ role: 'curator', did: 'set-aside' });
  return deeds;
}

const channelsOf = (...questions: (AnsweredQuestion | undefined)[]): Set<string> =>
  new Set(questions.flatMap((question) => question?.publications.map(({ channel }) => channel) ?? []));
const find = (question: AnsweredQuestion | undefined, channel: string): Publication | undefined =>
  question?.publications.find((one) => one.channel === channel);

function movedIn(before: Publication | undefined, after: Publication | undefined, now: Date): Deed | undefined {
  if (before?.state === after?.state) {
    const isMoved = before?.state === 'scheduled' && after?.state === 'scheduled' && before.at !== after.at;
    return isMoved ? { role: 'curator', did: 'moved' } : undefined;
  }
  switch (after?.state) {
    case undefined:
      return before?.state === 'scheduled' ? { role: 'curator', did: 'unscheduled' } : undefined;
    case 'scheduled':
      return { role: 'curator', did: 'scheduled' };
    case 'retracted':
      return { role: 'curator', did: 'retracted' };
    case 'posting':
      if (before?.state === 'scheduled' && before.at <= now.getTime()) return { role: 'bot', did: 'published' };
      // From uncertain it goes on where it was.
      return before?.state === 'uncertain' || before?.state === 'posted'
        ? undefined
        : { role: 'curator', did: 'published' };
    case 'posted':
    case 'uncertain':
      return undefined;
  }
}

const STOPPED: Partial<Record<Block['state'], Deed>> = {
  proposed: { role: 'comms', did: 'block-proposed' },
  agreed: { role: 'comms', did: 'blocked' },
  'turned-down': { role: 'comms', did: 'block-refused' },
  lifting: { role: 'comms', did: 'block-lifted' },
};

function stopped(before: Question, after: Question): Deed[] {
  const state = blockOf(after)?.state;
  const deed = state === undefined || state === blockOf(before)?.state ? undefined : STOPPED[state];
  return deed === undefined ? [] : [deed];
}

const blockOf = (question: Question): Block | undefined => (question.state === 'declined' ? question.block : undefined);
