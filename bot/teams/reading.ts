import { openQuestions, vote } from '../app/vote.ts';
import { questionsList, registerList } from '../cards/reader.ts';
import { type Leader, leaderOf } from '../domain/directory.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const NO_LEADERS: Reply = { note: 'No leader is on the list yet. Please ask your administrator.' };

/** Shows a list of one leader: the one chosen, else the default, else the first. */
async function ofLeader({ deps }: Turn, wanted: string | undefined, show: (leader: Leader) => Promise<Reply>) {
  const directory = deps.directory();
  const byId = (id: string | undefined) => (id === undefined ? undefined : leaderOf(directory, id));
  const leader = byId(wanted) ?? byId(directory.defaults.leader) ?? directory.leaders[0];
  return leader === undefined ? NO_LEADERS : show(leader);
}

type Page = Partial<Form<'page'>>;

export const showQuestions = (turn: Turn, { leader: wanted, after }: Page = {}): Promise<Reply> =>
  ofLeader(turn, wanted, async (leader) => {
    const page = await openQuestions(turn.deps, turn.me.asker, { leader: leader.id, after });
    return { view: questionsList(turn.deps.directory(), { ...page, leader }, after ?? ''), title: 'Open questions' };
  });

export const showRegister = (turn: Turn, { leader: wanted, after }: Page = {}): Promise<Reply> =>
  ofLeader(turn, wanted, async (leader) => {
    const page = await turn.deps.store.list({ leader: leader.id, state: 'declined', after, limit: 5 });
    return { view: registerList(turn.deps.directory(), { ...page, leader }), title: 'Declined questions' };
  });

/** Votes, or takes the vote back, and shows the same page again. */
export const castVote =
  (wanted: boolean) =>
  async (turn: Turn, { question, ...page }: Form<'vote'>): Promise<Reply> => {
    const voted = await vote(turn.deps, turn.me.asker, question, wanted);
    return isRefusal(voted) ? { note: say(voted) } : showQuestions(turn, page);
  };
