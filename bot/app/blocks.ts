/**
 * An unknown author who is stopped. A tag stands in this row and nowhere else. Each person has many tags in an epoch, so
 * that two blocks of one author look like those of two.
 */
export interface BlockRow {
  tag: string;
  /** By which the block of this question is found again, to be lifted: it needs the Seal, and stands nowhere else either. */
  mark: string;
  /** Of the question, whose keys made the tag: the row dies with them. */
  epoch: string;
  /** The first day on which they may ask again. */
  until: string;
}

export interface BlockStore {
  /** True where a row of this mark stands now, also as a repeat finds it; false where another one took the tag. */
  addBlock(row: BlockRow): Promise<boolean>;
  /** Erases the row of this mark, from every file. */
  eraseBlock(mark: string): Promise<void>;
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
