import type { Seal } from './ports.ts';

/**
 * An unknown author who is stopped. A tag stands in this row and nowhere else. Each person has many tags in an epoch, so
 * that two blocks of one author look like those of two.
 */
export interface BlockRow {
  tag: string;
  /** Of the question, whose keys made the tag: the row dies with them. */
  epoch: string;
  /** The first day on which they may ask again. */
  until: string;
}

export interface BlockStore {
  /** False where the tag is taken. */
  addBlock(row: BlockRow): Promise<boolean>;
  /** The latest day that stands at one of these tags. */
  blockedUntil(tags: string[]): Promise<string | undefined>;
  /** Erases the rows whose day has come, from every file. */
  eraseBlocks(today: string): Promise<void>;
}

/** What an asker's hand knows of blocks. */
export interface BlockedHand {
  /** Under any of which a block of this person may stand: those of every epoch that has keys. */
  blockTags(): string[];
}

/** What a Seal holds besides the address. */
export interface BlockOpener {
  /** The tags of the sealed person, in the epoch of the Seal. */
  blockTags(question: string, seal: Seal): Promise<string[]>;
}
