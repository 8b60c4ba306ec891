import { openQuestions, vote } from '../app/vote.ts';
import { questionsList, registerList } from '../cards/reader.ts';
import { type Leader, leaderOf } from '../domain/directory.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

/** Shows a list of one leader: the one chosen, else the default, else the first. */
async function ofLeader(turn: Turn, wanted: string | undefined, show: (leader: Leader) => Promise<Reply>) {
  const directory = turn.deps.directory();
  const byId = (id: string | undefined) => (id === undefined ? undefined : leaderOf(directory, id));
  const leader = byId(wanted) ?? byId(directory.defaults.leader) ?? directory.leaders[0];
  return leader === undefined ? { note: turn.say('questions.noLeaders') } : show(leader);
}

type Page = Partial<Form<'page'>>;

export const showQuestions = (turn: Turn, { leader: wanted, after }: Page = {}): Promise<Reply> =>
  ofLeader(turn, wanted, async (leader) => {
    const { say } = turn;
    const page = await openQuestions(turn.deps, turn.me.asker, { leader: leader.id, after });
    const view = questionsList(say, turn.deps.directory(), { ...page, leader }, after ?? '');
    return { view, title: say('shared.openQuestions') };
  });

export const showRegister = (turn: Turn, { leader: wanted, after }: Page = {}): Promise<Reply> =>
  ofLeader(turn, wanted, async (leader) => {
    const page = await turn.deps.store.list({ leader: leader.id, state: 'declined', after, limit: 5 });
    const { say } = turn;
    return { view: registerList(say, turn.deps.directory(), { ...page, leader }), title: say('register.title') };
  });

/** Votes, or takes the vote back, and shows the same page again. */
export const castVote =
  (wanted: boolean) =>
  async (turn: Turn, { question, ...page }: Form<'vote'>): Promise<Reply> => {
    const voted = await vote(turn.deps, turn.me.asker, question, wanted);
    return isRefusal(voted) ? refuse(turn, voted) : showQuestions(turn, page);
  };
