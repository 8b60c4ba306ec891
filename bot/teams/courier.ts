import type { CardSending, Courier, Go, Posting, Telling } from '../app/carrying.ts';
import type { Channel, Deps, Met, Opener, ReturnAddress } from '../app/ports.ts';
import { defaultChannel } from '../app/curate.ts';
import { linkToPost } from '../app/links.ts';
import { carrierOf } from '../app/wordings.ts';
import { said } from '../cards/asker.ts';
import { blockCard } from '../cards/blocking.ts';
import type { View } from '../cards/cards.ts';
import { curateCard, dryCard, type Named } from '../cards/curator.ts';
import { questionCard } from '../cards/leader.ts';
import { partPost, rootPost, tombstone } from '../cards/reader.ts';
import { type Say, speak } from '../cards/say.ts';
import { leaderName, sayReason } from '../cards/words.ts';
import type { Outcome, Post } from '../domain/delivery.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import { shorten } from '../domain/words.ts';
import type { Connector } from './connector.ts';
import { type Forms, message } from './messages.ts';
import { attempt, NoTeams } from './outcome.ts';

export interface CourierSettings {
  forms: Forms;
  /** Where a chat is opened with somebody with a role who was never met; empty in local mode, which has no such place. */
  serviceUrl: string;
  tenant: string;
  isLocal: boolean;
}

type Needs = Pick<Deps, 'store' | 'directory' | 'policy'> & { connector: Connector; opener: Opener };

const NOTHING_SENT: Post = { conversation: '', activity: '' };

/** Carries what is owed to Teams. The only place that opens a Seal. */
export function makeCourier(needs: Needs, settings: CourierSettings): Courier {
  const { connector, opener, policy } = needs;
  const { forms } = settings;
  /** Whatever an asker or a channel is sent reads the same for everybody: a language would tell who it is for. */
  const sayToAll = (): Say => speak(policy().language);
  /** Somebody with a role is written to in the language in which they last wrote. */
  const sayTo = (met: Met | undefined): Say => speak(met?.language, policy().language);
  const send = ({ to, go }: Recipient, view: View, summary: string): Promise<Outcome> =>
    withChat(needs, settings, { to, go }, (serviceUrl, conversation) =>
      connector.send(serviceUrl, conversation, message(view, summary, forms)),
    );
  return {
    async card({ question, place, met }, go) {
      const say = sayTo(met);
      const view = await cardFor(say, needs, settings, { question, place, met });
      const summary = summaryOf(say, needs, { question, place, met });
      const { post } = place;
      if (post === undefined) return send({ to: { id: place.to, met }, go }, view, summary);
      const serviceUrl = met?.address.serviceUrl ?? settings.serviceUrl;
      return attempt(async () => {
        await go(post.conversation);
        return connector.update(serviceUrl, post, message(view, summary, forms));
      });
    },
    tell({ question, what, to }, go) {
      const say = sayTo(to.met);
      const { title, text } = wordsOf(say, question, what);
      return send({ to, go }, said(say, title, text), text);
    },
    warn({ dry, to }, go) {
      const view = dryCard(sayTo(to.met), dry);
      return send({ to, go }, view, view.data.text);
    },
    notice: (question, seal, go) =>
      attempt(async () => {
        const to = await opener.open(question, seal);
        if (to.serviceUrl === '') throw new NoTeams('There is no Teams to write to');
        await go('person' in to ? to.person : to.conversation);
        const say = sayToAll();
        const view: View = { card: 'notice', say, data: {} };
        const conversation = await chatOf(connector, to);
        return connector.send(to.serviceUrl, conversation, message(view, say('notice.text'), forms));
      }),
    block({ question, seal, until }, go) {
      return attempt(async () => {
        const { tags, mark } = await opener.blockOf(question, seal);
        await go();
        for (const tag of tags)
          if (await needs.store.addBlock({ tag, mark, epoch: seal.epoch, until })) return NOTHING_SENT;
        throw new Error('Every tag of this author is taken');
      });
    },
    lift(question, seal, go) {
      return attempt(async () => {
        const { mark } = await opener.blockOf(question, seal);
        await go();
        await needs.store.eraseBlock(mark);
        return NOTHING_SENT;
      });
    },
    post: (posting, go) =>
      attempt(async () => {
        await go(posting.channel.id);
        return postStep(sayToAll(), needs, posting, forms);
      }),
  };
}

/**
 * The chat that a Seal leads to. Whoever came by the tab is found by their object id, which Teams takes for a member of its
 * own tenant; it gives the same chat each time (Microsoft: "Send proactive messages"). It answers 403 where they have not
 * the app: nothing is sent then, and they read all of it under My questions.
 */
const chatOf = async (connector: Connector, to: ReturnAddress): Promise<string> =>
  'person' in to ? connector.openChat(to.serviceUrl, to.tenant, to.person) : to.conversation;

interface Recipient {
  to: Telling['to'];
  go: Go;
}

/** Finds the chat with somebody; opens it where they were never met, and remembers them. */
async function withChat(
  { store, connector }: Needs,
  { serviceUrl, tenant }: CourierSettings,
  { to: { id, met }, go }: Recipient,
  send: (serviceUrl: string, conversation: string) => Promise<Post>,
): Promise<Outcome> {
  if (met === undefined && serviceUrl === '') return { refused: 'never-met' };
  return attempt(async () => {
    await go(met?.address.conversation ?? id);
    if (met) return send(met.address.serviceUrl, met.address.conversation);
    const conversation = await connector.openChat(serviceUrl, tenant, id);
    await store.putMet({ id, address: { conversation, tenant, serviceUrl }, greeted: [] });
    return send(serviceUrl, conversation);
  });
}

async function cardFor(
  say: Say,
  needs: Needs,
  settings: CourierSettings,
  { question, place }: CardSending,
): Promise<View> {
  const directory = needs.directory();
  const { to: reader, entry } = place;
  if (place.card === 'question') {
    const into = await carrierOf(needs, question.id);
    return questionCard(say, directory, question, { reader, entry, into });
  }
  if (place.card === 'block') return blockCard(say, directory, question, reader);
  return curateView(say, needs, settings, question);
}

/** An answered question for curators, with the channels there are. */
export async function curateView(
  say: Say,
  needs: Pick<Deps, 'store' | 'directory'>,
  settings: Pick<CourierSettings, 'isLocal'>,
  question: Question,
): Promise<View> {
  const zones = new Map((await needs.store.slots()).map(({ channel, slots }) => [channel, slots.zone]));
  const channels = (await needs.store.channels()).map((channel) => ({
    ...named(channel, settings.isLocal),
    zone: zones.get(channel.id),
  }));
  const chosen = await defaultChannel(needs);
  return curateCard(say, needs.directory(), question, {
    channels,
    chosen: channels.find(({ id }) => id === chosen?.id),
  });
}

/** With links to its posts, but for clients beside Teams: those can follow none. */
function named(channel: Channel, isLocal: boolean): Named {
  const { id, name, teamName } = channel;
  return isLocal
    ? { id, name, teamName }
    : { id, name, teamName, link: ({ activity }) => linkToPost(channel, activity) };
}

function summaryOf(say: Say, { directory }: Needs, { question, place }: CardSending): string {
  if (question.state === 'withdrawn') return say('tell.summaryWithdrawn');
  if (question.state === 'merged') return say('tell.summaryMerged');
  const entry = question.thread.find(({ id }) => id === place.entry);
  if (place.card === 'question') return entry?.words ?? question.words;
  return say('tell.summary', { leader: leaderName(say, directory(), question.leader), words: question.words });
}

function wordsOf(say: Say, question: Question, what: Telling['what']): { title: string; text: string } {
  const why =
    question.state === 'answered' ? (what === 'retracted' ? lastRetraction(question) : question.notNow) : undefined;
  const values = {
    curator: why?.by ?? say('tell.someCurator'),
    reason: question.state === 'declined' ? sayReason(say, question.decline.reason) : (why?.reason ?? ''),
    words: shorten(question.words, 140),
  };
  return { title: say(`tell.${what}.title`), text: say(`tell.${what}.text`, values) };
}

const lastRetraction = ({ publications }: AnsweredQuestion) =>
  publications.flatMap((one) => (one.state === 'retracted' ? [one.retraction] : [])).at(-1);

function postStep(say: Say, { connector, directory }: Needs, posting: Posting, forms: Forms) {
  const { question, channel, step } = posting;
  const tomb = (reason?: string) => message(tombstone(say, reason), say('post.takenOut'), forms);
  const { serviceUrl } = channel;
  const root = () => message(rootPost(say, directory(), question), question.words, forms);
  const part = (key: string) => {
    const view = partPost(say, question, key);
    return message(view, view.card === 'post' ? view.data.byline : '', forms);
  };
  switch (step.do) {
    case 'post-root':
      return connector.postRoot(serviceUrl, channel.id, root());
    case 'edit-root':
      return connector.update(serviceUrl, step.post, root());
    case 'post-part':
      return connector.send(serviceUrl, step.root.conversation, part(step.key));
    case 'retract-root':
      return connector.update(serviceUrl, step.post, tomb(step.reason));
    case 'retract-part':
      return connector.update(serviceUrl, { conversation: step.root.conversation, activity: step.activity }, tomb());
    case 'edit-part':
      return connector.update(
        serviceUrl,
        { conversation: step.root.conversation, activity: step.activity },
        part(step.key),
      );
  }
}
