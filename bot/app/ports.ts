import type { Directory } from '../domain/directory.ts';
import type { Question, State } from '../domain/question.ts';
import type { Policy } from '../domain/settings.ts';
import type { BlockedHand, BlockStore } from './blocks.ts';
import type { ClaimStore } from './claims.ts';
import type { LeaseStore } from './leases.ts';
import type { ReactionStore } from './reactions.ts';
import type { ScatterStore } from './scatter.ts';
import type { Address, ReturnAddress, Seal } from './seals.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Answers } from './search.ts';
import type { StageStore } from './stages.ts';
import type { SlotStore } from './slots.ts';
import type { StuckStore } from './stuck.ts';
import type { VoteSealer, VoteStore, VotingHand } from './votes.ts';
import type { WaitingSealer, WaitingStore } from './waiting.ts';

export { type Address, EpochGone, type Opener, type ReturnAddress, type Seal, SealBroken, VaultAway } from './seals.ts';
export { Conflict, StoreAway } from './thrown.ts';

/**
 * The hand of the person who acts, as use cases know it: it makes tags and Seals, and cannot be asked for a name or an
 * id. Made at the Teams edge for one activity and gone with it.
 */
export interface Asker extends BlockedHand, VotingHand {
  /** The question id that belongs to this form of this person: the same for a repeat of the submission. */
  questionId(submission: string): string;
  /** Likewise for a follow-up or clarification. */
  entryId(submission: string): string;
  seal(question: string): Promise<Seal>;
  /** Epochs in which Slips may lie: the current one, where it has begun, then the others, newest first. */
  epochs(): string[];
  slipTag(epoch: string, n: number): string;
  /** Seals a question id into a Slip; without one, a blank of the same size. */
  writeSlip(epoch: string, tag: string, question?: string): string;
  /** The question id in a Slip; nothing in a blank. */
  readSlip(epoch: string, tag: string, slip: string): string | undefined;
  /** Likewise for what a reader says of an answer: another value than that of their vote. */
  reactionTag(question: Pick<Question, 'id' | 'week'>): string | undefined;
  /** One value per person, kept nowhere else: remembers that they were greeted. */
  greetingTag(): string;
  /** For what is counted of one day, such as `2026-11-23`, and forgotten with it. */
  dayTag(day: string, ...parts: string[]): string;
}

export interface Sealer extends WaitingSealer, VoteSealer {
  asker(person: { id: string; address: ReturnAddress }): Asker;
  /** The key under which a question's Seal is stored: unrelated to the question for whoever lacks the keys. */
  sealId(question: string): string;
}

/** A question with the version under which it may be saved. */
export interface Kept {
  question: Question;
  /** Means something to the store alone. */
  version: string;
}

export interface Listing {
  leader: string;
  state: State;
  /** Where the last page ended. */
  after?: string | undefined;
  limit: number;
}

/** Lists are counted up to here: beyond it a person reads "100 or more". */
export const COUNTED = 100;

export interface Listed {
  questions: Question[];
  /** How many there are in all, counted up to COUNTED. */
  total: number;
  /** Where the next page begins; nothing on the last one. */
  next?: string;
}

/** Someone with a role whom the bot has met: where to write to them, and which roles were greeted. */
export interface Met {
  id: string;
  address: Address;
  greeted: string[];
  /** The language of their Teams when they last acted, where the bot speaks it. */
  language?: string;
}

/** A Teams channel in which the bot is installed. */
export interface Channel {
  id: string;
  name: string;
  team: string;
  teamName: string;
  groupId?: string;
  tenant: string;
  serviceUrl: string;
  greeted: boolean;
}

export interface Store
  extends
    ReactionStore,
    ReactionStore,
    WaitingStore,
    VoteStore,
    BlockStore,
    ScatterStore,
    LeaseStore,
    SlotStore,
    StuckStore,
    SettingsStore,
    StageStore,
    ClaimStore {
  /** This store for one person who waits: once it has taken that many milliseconds in all, it throws StoreAway. */
  within(ms: number): Store;
  /** Fails when the store cannot answer. */
  ready(): Promise<void>;
  question(id: string): Promise<Kept | undefined>;
  /** False where the question is there already. */
  add(question: Question): Promise<boolean>;
  /** Throws Conflict where the version is no longer the current one. */
  save(question: Question, version: string): Promise<void>;
  /** A page of all questions, in the order of their ids, which tells nothing. */
  all(page: { after?: string | undefined; limit: number }): Promise<Question[]>;
  /** Questions of one leader in one state: most votes first, then the older week, then in no telling order. */
  list(listing: Listing): Promise<Listed>;
  /** Ids of questions that owe something by now, in milliseconds since 1970, or are claimed for longer than a claim may last. */
  owing(now: number, limit: number): Promise<string[]>;
  /** When the next delivery is due after the ones due now; nothing where none is owed. */
  nextOwed(): Promise<number | undefined>;
  putSeal(id: string, seal: Seal): Promise<void>;
  seal(id: string): Promise<Seal | undefined>;
  eraseSeal(id: string): Promise<void>;
  /** The Slips at these tags of an epoch. */
  slips(epoch: string, tags: string[]): Promise<Map<string, string>>;
  /** False where the tag is taken. */
  addSlip(epoch: string, tag: string, slip: string): Promise<boolean>;
  putSlip(epoch: string, tag: string, slip: string): Promise<void>;
  /** What stands at these tags in the count of a day. */
  counted(day: string, tags: string[]): Promise<Map<string, string>>;
  /** Notes an act in the count of a day. False where the tag is taken. */
  addCount(day: string, tag: string, act: string): Promise<boolean>;
  eraseCount(day: string, tag: string): Promise<void>;
  /** Forgets what was counted before this day, from every file. Where it is much, a store may go on at the next calls. */
  forgetCounts(before: string): Promise<void>;
  /** Tells whether a question asked in this week is open, waits to enter, or is merged into one that is open. */
  hasOpen(week: string): Promise<boolean>;
  /** Erases Seals, Slips, votes and what waits of an epoch, from every file, and about `limit` at once. How many it erased. */
  eraseEpoch(epoch: string, limit: number): Promise<number>;
  /** False where this tag was greeted already. */
  addGreeting(tag: string): Promise<boolean>;
  eraseGreeting(tag: string): Promise<void>;
  greeted(tag: string): Promise<boolean>;
  met(id: string): Promise<Met | undefined>;
  putMet(met: Met): Promise<void>;
  channel(id: string): Promise<Channel | undefined>;
  channels(): Promise<Channel[]>;
  putChannel(channel: Channel): Promise<void>;
  eraseChannel(id: string): Promise<void>;
  close(): Promise<void>;
}

export interface Clock {
  now(): Date;
}

/** Randomness as an argument. */
export interface Ids {
  /** 128 random bits, base64url. */
  fresh(): string;
  /** In [0, 1). */
  chance(): number;
}

/** What use cases are given. */
export interface Deps {
  store: Store;
  sealer: Sealer;
  clock: Clock;
  ids: Ids;
  /** The human to whom somebody who is stopped may appeal. */
  appealTo: string;
  /** When a notice that is owed now goes out, in milliseconds since 1970; 0 is at once. The same for all of one batch. */
  nextNotices(): number;
  /** The directory as it stands now: it may change between two calls. */
  directory(): Directory;
  /** The policy, likewise. */
  policy(): Policy;
  /** Reads the settings anew, so that a change counts for this instance at once; others look every few seconds. */
  reread(): Promise<void>;
  /** Logs a fault by its code alone. Returns the short reference that the person is told. */
  fault(error: unknown): string;
  /** Tells the delivery runner that something is owed. */
  wake(): void;
  /** The published threads, for readers. */
  answers: Answers;
  /** Tells the tally that votes on this question changed. */
  tally(question: string): void;
}
