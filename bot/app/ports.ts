import type { Outcome } from '../domain/delivery.ts';
import type { Directory } from '../domain/directory.ts';
import type { Step } from '../domain/posting.ts';
import type { AnsweredQuestion, Place, Question, State } from '../domain/question.ts';

/** An encrypted return address. It can carry words back, and never says whose it is. */
export interface Seal {
  epoch: string;
  /** Base64url; the same length for every Seal. */
  capsule: string;
}

/**
 * The hand of the person who acts, as use cases know it: it makes tags and Seals, and cannot be asked for a name or an
 * id. Made at the Teams edge for one activity and gone with it.
 */
export interface Asker {
  /** The question id that belongs to this form of this person: the same for a repeat of the submission. */
  questionId(submission: string): string;
  /** Likewise for a follow-up or clarification. */
  entryId(submission: string): string;
  seal(question: string): Promise<Seal>;
  /** Epochs in which Slips may lie, newest first. */
  epochs(): string[];
  slipTag(epoch: string, n: number): string;
  /** Seals a question id into a Slip; without one, a blank of the same size. */
  writeSlip(epoch: string, tag: string, question?: string): string;
  /** The question id in a Slip; nothing in a blank. */
  readSlip(epoch: string, tag: string, slip: string): string | undefined;
  voteTag(question: string): string;
  /** One value per person, kept nowhere else: remembers that they were greeted. */
  greetingTag(): string;
}

export interface Sealer {
  asker(person: { id: string; address: Address }): Asker;
  /** The key under which a question's Seal is stored: unrelated to the question for whoever lacks the keys. */
  sealId(question: string): string;
}

/** A return address in the clear. Only the Teams edge makes or sees one. */
export interface Address {
  conversation: string;
  tenant: string;
  serviceUrl: string;
}

/** Opens Seals. Only the Courier holds this. */
export interface Opener {
  open(question: string, seal: Seal): Promise<Address>;
}

/** A question with the version under which it may be saved. */
export interface Kept {
  question: Question;
  version: number;
}

/** Somebody else saved first. */
export class Conflict extends Error {
  override name = 'Conflict';
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

export interface Store {
  /** Fails when the store cannot answer. */
  ready(): Promise<void>;
  question(id: string): Promise<Kept | undefined>;
  /** False where the question is there already. */
  add(question: Question): Promise<boolean>;
  /** Throws Conflict where the version is no longer the current one. */
  save(question: Question, version: number): Promise<void>;
  /** Questions of one leader in one state: most votes first, then the older week, then in no telling order. */
  list(listing: Listing): Promise<Listed>;
  /** Ids of questions that owe something by now, in milliseconds since 1970. */
  owing(now: number, limit: number): Promise<string[]>;
  /** When the next delivery is due after the ones due now; nothing where none is owed. */
  nextOwed(): Promise<number | undefined>;
  putSeal(id: string, seal: Seal): Promise<void>;
  seal(id: string): Promise<Seal | undefined>;
  eraseSeal(id: string): Promise<void>;
  slips(tags: string[]): Promise<Map<string, string>>;
  /** False where the tag is taken. */
  addSlip(tag: string, slip: string): Promise<boolean>;
  putSlip(tag: string, slip: string): Promise<void>;
  /** False where this voter voted already. */
  addVote(question: string, tag: string): Promise<boolean>;
  /** False where there was no such vote. */
  eraseVote(question: string, tag: string): Promise<boolean>;
  /** Which of these (question, tag) pairs are votes. */
  voted(pairs: { question: string; tag: string }[]): Promise<Set<string>>;
  votes(question: string): Promise<number>;
  /** False where this tag was greeted already. */
  addGreeting(tag: string): Promise<boolean>;
  met(id: string): Promise<Met | undefined>;
  putMet(met: Met): Promise<void>;
  channel(id: string): Promise<Channel | undefined>;
  channels(): Promise<Channel[]>;
  putChannel(channel: Channel): Promise<void>;
  eraseChannel(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Carries messages to Teams: one call is one attempt. What a message looks like is the Courier's matter. */
export interface Courier {
  /** Sends or, where it stands already, updates the card of a place. `met` is absent where the person was never met. */
  card(sending: CardSending): Promise<Outcome>;
  /** A few fixed words to someone with a role. */
  tell(question: Question, what: 'withdrawn' | 'not-now', to: { id: string; met: Met | undefined }): Promise<Outcome>;
  /** A contentless notice to the asker. */
  notice(question: string, seal: Seal): Promise<Outcome>;
  /** One step of a publication. */
  post(posting: Posting): Promise<Outcome>;
}

export interface CardSending {
  question: Question;
  place: Place;
  met: Met | undefined;
}

export interface Posting {
  question: AnsweredQuestion;
  channel: Channel;
  step: Step;
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
  /** The directory as it stands now: it may change between two calls. */
  directory(): Directory;
  /** Logs a fault by its code alone. Returns the short reference that the person is told. */
  fault(error: unknown): string;
  /** Tells the delivery runner that something is owed. */
  wake(): void;
}
