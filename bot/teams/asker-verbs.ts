import { ask } from '../app/ask.ts';
import { mine, owns } from '../app/mine.ts';
import { followUp, sign, withdraw } from '../app/own.ts';
import { openQuestions, vote } from '../app/vote.ts';
import { askForm, followUpForm, mineList, myQuestion, said, signForm, withdrawForm } from '../cards/asker.ts';
import { questionsList, registerList } from '../cards/reader.ts';
import { leaderOf } from '../domain/directory.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import { fields } from './fields.ts';
import { type Reply, type Turn, verb } from './turn.ts';

const NOT_SENT =
  'This could not be sent just now. Nothing was kept on our side and your text is still here. Please try again.';
const SENT = 'Your question is in the queue. You get a short notice here when something happens.';
const GONE: Reply = { note: say({ refused: 'not-found' }) };

/** Opens a form on one of the person's own questions. */
async function withOwn({ deps, me }: Turn, id: string, show: (question: Question) => Reply): Promise<Reply> {
  if (!(await owns(deps, me.asker, id))) return GONE;
  const kept = await deps.store.question(id);
  return kept === undefined ? GONE : show(kept.question);
}

const showOwn = (turn: Turn, question: Question): Reply => ({
  view: myQuestion(turn.deps.directory(), question),
  title: 'My questions',
});

export const showMine = async ({ deps, me }: Turn): Promise<Reply> => ({
  view: mineList(deps.directory(), await mine(deps, me.asker)),
  title: 'My questions',
});

/** The leader whose list is shown: the one chosen, else the default, else the first. */
function listedLeader({ deps }: Turn, wanted: string | undefined) {
  const directory = deps.directory();
  const byId = (id: string | undefined) => (id === undefined ? undefined : leaderOf(directory, id));
  return byId(wanted) ?? byId(directory.defaults.leader) ?? directory.leaders[0];
}

const NO_LEADERS: Reply = { note: 'No leader is on the list yet. Please ask your administrator.' };

export async function showQuestions(turn: Turn, wanted?: string, after?: string): Promise<Reply> {
  const leader = listedLeader(turn, wanted);
  if (leader === undefined) return NO_LEADERS;
  const page = await openQuestions(turn.deps, turn.me.asker, leader.id, leader.id === wanted ? after : undefined);
  return { view: questionsList(turn.deps.directory(), { ...page, leader }, after ?? ''), title: 'Open questions' };
}

export async function showRegister(turn: Turn, wanted?: string, after?: string): Promise<Reply> {
  const leader = listedLeader(turn, wanted);
  if (leader === undefined) return NO_LEADERS;
  const page = await turn.deps.store.list({ leader: leader.id, state: 'declined', after, limit: 5 });
  return { view: registerList(turn.deps.directory(), { ...page, leader }), title: 'Declined questions' };
}

const castVote = (wanted: boolean) =>
  verb(fields.vote, async (turn, { question, leader, after }) => {
    const voted = await vote(turn.deps, turn.me.asker, question, wanted);
    return isRefusal(voted) ? { note: say(voted) } : showQuestions(turn, leader, after);
  });

/** What everyone may do: ask, follow their own questions, read and vote. */
export const askerVerbs = {
  'ask.open': verb(fields.none, ({ deps }) =>
    Promise.resolve({ view: askForm(deps.directory(), { submission: deps.ids.fresh() }), title: 'Ask a question' }),
  ),
  'ask.send': verb(fields.ask, async ({ deps, me }, form) => {
    const { topic, ...typed } = { ...form, signed: form.signed === 'true' };
    const again = (error: string): Reply => ({
      view: askForm(deps.directory(), { ...typed, topic }, error),
      title: 'Ask a question',
    });
    try {
      const asked = await ask(deps, me.asker, { ...typed, topic, signed: typed.signed ? me.name : undefined });
      if (isRefusal(asked)) return again(say(asked));
    } catch (error) {
      deps.fault(error);
      return again(NOT_SENT);
    }
    return { view: said('Sent', SENT, { asksAgain: true, mine: true }), done: `Sent. ${SENT}` };
  }),
  cancel: verb(fields.none, () =>
    Promise.resolve({ view: said('Nothing was sent', 'Your form is closed and nothing was kept.', { asks: true }) }),
  ),
  'mine.open': verb(fields.none, showMine),
  'mine.show': verb(fields.question, (turn, { question }) => withOwn(turn, question, (own) => showOwn(turn, own))),
  'followUp.open': verb(fields.question, (turn, { question }) =>
    withOwn(turn, question, (own) => ({
      view: followUpForm(turn.deps.directory(), own, { submission: turn.deps.ids.fresh() }),
      title: 'Follow up',
    })),
  ),
  'followUp.send': verb(fields.say, async (turn, form) => {
    const said = await followUp(turn.deps, turn.me.asker, form);
    if (!isRefusal(said)) return showOwn(turn, said);
    return withOwn(turn, form.question, (own) => ({
      view: followUpForm(turn.deps.directory(), own, form, say(said)),
      title: 'Follow up',
    }));
  }),
  'withdraw.open': verb(fields.question, (turn, { question }) =>
    withOwn(turn, question, (own) => ({ view: withdrawForm(turn.deps.directory(), own), title: 'Withdraw' })),
  ),
  'withdraw.send': verb(fields.question, async ({ deps, me }, { question }) => {
    const withdrawn = await withdraw(deps, me.asker, question);
    if (isRefusal(withdrawn)) return { note: say(withdrawn) };
    const text = 'Your words are erased, and nothing leads from you to this question any more.';
    return { view: said('Withdrawn', text, { asksAgain: true, mine: true }), done: `Withdrawn. ${text}` };
  }),
  'sign.open': verb(fields.question, (turn, { question }) =>
    withOwn(turn, question, (own) => ({ view: signForm(own), title: 'Sign' })),
  ),
  'sign.send': verb(fields.question, async (turn, { question }) => {
    const signed = await sign(turn.deps, turn.me.asker, question, turn.me.name);
    return isRefusal(signed) ? { note: say(signed) } : showOwn(turn, signed);
  }),
  'questions.page': verb(fields.page, (turn, { leader, after }) => showQuestions(turn, leader, after)),
  'vote.add': castVote(true),
  'vote.erase': castVote(false),
  'register.page': verb(fields.page, (turn, { leader, after }) => showRegister(turn, leader, after)),
};
