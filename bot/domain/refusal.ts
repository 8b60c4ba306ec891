import { LEAST_AUDIENCE } from './directory.ts';
import { sayDay } from './week.ts';

/** An expected "no". A closed union, so that every one has plain words. */
export type Refusal =
  | { refused: 'blank' }
  | { refused: 'too-long'; length: number; limit: number }
  | { refused: 'too-large' }
  | { refused: 'unknown-leader' }
  | { refused: 'small-audience'; leader: string }
  | { refused: 'limit'; of: 'questions' | 'votes'; limit: number }
  | { refused: 'unknown-channel' }
  | { refused: 'no-channel' }
  | { refused: 'no-reason' }
  | { refused: 'no-name' }
  | { refused: 'not-found' }
  | { refused: 'not-allowed' }
  | { refused: 'not-open'; state: 'answered' | 'declined' | 'withdrawn' }
  | { refused: 'too-old' }
  | { refused: 'not-answered' }
  | { refused: 'not-asked-back' }
  | { refused: 'answered-meanwhile' }
  | { refused: 'replaces'; words: string }
  | { refused: 'already-published'; by: string; state: 'scheduled' | 'posting' | 'posted' | 'uncertain' | 'retracted' }
  | { refused: 'retracted'; by: string }
  | { refused: 'not-scheduled' }
  | { refused: 'slot-past' }
  | { refused: 'slot-taken' }
  | { refused: 'no-slot' }
  | { refused: 'not-published' }
  | { refused: 'published' }
  | { refused: 'already-signed' }
  | { refused: 'no-day' }
  | { refused: 'blocked'; until: string; appealTo: string }
  | { refused: 'not-abusive' }
  | { refused: 'block-proposed'; by: string }
  | { refused: 'not-proposed' }
  | { refused: 'same-person' }
  | { refused: 'agreed'; by: string }
  | { refused: 'turned-down'; by: string }
  | { refused: 'not-stopped' }
  | { refused: 'no-days' }
  | { refused: 'not-stuck' }
  | { refused: 'settings-changed'; by: string }
  | { refused: 'busy' };

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

const STATES = { answered: 'answered', declined: 'declined', withdrawn: 'withdrawn by the person who asked' };

function sayLimit({ of, limit }: { of: 'questions' | 'votes'; limit: number }): string {
  if (of === 'votes')
    return `You have voted ${limit === 1 ? 'once' : `${limit} times`} today, votes taken back included. Tomorrow you can vote again.`;
  const asked = limit === 1 ? '1 question' : `${limit} questions`;
  return `You have asked ${asked} today. Tomorrow you can ask again. Your text is still here, but not kept on our side.`;
}

function sayTaken({ by, state }: Refusal & { refused: 'already-published' }): string {
  if (state === 'posted') return `Already published by ${by}.`;
  if (state === 'scheduled') return `Already planned by ${by}.`;
  if (state === 'retracted') return 'It is still being taken out of this channel. Please try again in a minute.';
  return `Already being published by ${by}.`;
}

/** What the person reads: what happened, and what to do next. Never words of an asker. */
export function say(refusal: Refusal): string {
  switch (refusal.refused) {
    case 'blank':
      return 'There is no text yet. Please write it, then send.';
    case 'too-long':
      return `This is ${refusal.length} characters long; ${refusal.limit} fit. Please shorten it. Nothing was sent and your text is still here.`;
    case 'too-large':
      return 'This holds more marks and emoji than fit into a card. Please shorten it. Nothing was sent and your text is still here.';
    case 'unknown-leader':
      return 'This leader is no longer on the list. Please choose another.';
    case 'small-audience':
      return `Fewer than ${LEAST_AUDIENCE} people can ask ${refusal.leader}, so leaving out your name would hardly hide you. Nothing was sent and your text is still here. Switch on “Sign with my name” to send it, or choose another leader.`;
    case 'limit':
      return sayLimit(refusal);
    case 'unknown-channel':
      return 'This channel is no longer connected. Please choose another.';
    case 'no-channel':
      return 'No channel is connected yet. Add Forthright to a team, then publish.';
    case 'no-reason':
      return 'Please choose a reason, so that the person who asked is not left guessing.';
    case 'no-name':
      return 'Your sign-in does not say your name, so this cannot be signed. Nothing was sent and your text is still here. You can sign in the chat with Forthright.';
    case 'not-found':
      return 'This question is not here any more.';
    case 'not-allowed':
      return 'This card belongs to someone else. Nothing was changed.';
    case 'not-open':
      return `This question was already ${STATES[refusal.state]}. Nothing was changed.`;
    case 'too-old':
      return 'Votes on this question are closed: it was asked too long ago. Its leader still sees it.';
    case 'not-answered':
      return 'This question has no answer yet.';
    case 'not-asked-back':
      return 'Nothing was asked back on this question.';
    case 'answered-meanwhile':
      return 'The answer came while you were writing. Please read it first. If you still want to say this, send it as a follow-up: your text is still here.';
    case 'replaces':
      return 'This question already has an answer. Replace it with yours?';
    case 'already-published':
      return sayTaken(refusal);
    case 'retracted':
      return `${refusal.by} has taken this out already. Nothing was changed.`;
    case 'not-scheduled':
      return 'This is not planned there any more: it was posted, or somebody took it off the plan. Nothing was changed.';
    case 'slot-past':
      return 'This time is over. Please choose a later one.';
    case 'slot-taken':
      return 'Another thread is planned for this time. Please choose a free one.';
    case 'no-slot':
      return 'This channel has no free Slot. Set its Slots in the planner first.';
    case 'not-published':
      return 'This question is not published yet.';
    case 'published':
      return 'This question is already published, so it can no longer be withdrawn. You can still follow up.';
    case 'already-signed':
      return 'This question already carries a name.';
    case 'no-day':
      return 'Please choose a day from today on.';
    case 'blocked':
      return `You cannot ask or follow up until ${sayDay(refusal.until)}, because a question of yours was declined as not respectful and two people agreed on a pause. You can still read and vote. Nobody was told who you are. Nothing was sent and your text is still here. You may appeal to a human: ${refusal.appealTo}.`;
    case 'not-abusive':
      return 'Only the author of a question that was declined as not respectful can be stopped.';
    case 'block-proposed':
      return `${refusal.by} has proposed this already. Open the card again to see it. Nothing was changed.`;
    case 'not-proposed':
      return 'Nobody has proposed to stop this author yet.';
    case 'same-person':
      return 'You proposed this yourself. A second person has to agree.';
    case 'agreed':
      return `${refusal.by} has agreed to this already. Nothing was changed.`;
    case 'turned-down':
      return `${refusal.by} has disagreed, so nobody is stopped because of this question. Nothing was changed.`;
    case 'not-stopped':
      return 'Nobody is stopped because of this question now. Nothing was changed.';
    case 'no-days':
      return 'Please choose from 1 to 30 days.';
    case 'not-stuck':
      return 'This was sent, or somebody else settled it, in the meantime. Nothing was changed.';
    case 'settings-changed':
      return `${refusal.by} saved the settings in the meantime. Nothing of yours was saved; what you typed is still here.`;
    case 'busy':
      return 'Too many people changed this at once. Nothing was sent. Please try again.';
  }
}
