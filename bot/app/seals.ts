/** An encrypted return address. It can carry words back, and never says whose it is. */
export interface Seal {
  epoch: string;
  /** Base64url; the same length for every Seal. */
  capsule: string;
}

/** A return address in the clear. Only the Teams edge makes or sees one. */
export interface Address {
  conversation: string;
  tenant: string;
  serviceUrl: string;
}

/** The return address of who came by the tab, where no chat is at hand: theirs is opened by who they are. */
export interface PersonAddress {
  /** A Microsoft Entra object id. */
  person: string;
  tenant: string;
  /** Empty in local mode without a Teams to write to. */
  serviceUrl: string;
}

export type ReturnAddress = Address | PersonAddress;

/** Opens Seals. Only the Courier holds this. Throws EpochGone, VaultAway or SealBroken. */
export interface Opener {
  open(question: string, seal: Seal): Promise<ReturnAddress>;
  /** The tags under which a block of the sealed person stands, in the epoch of the Seal, and the mark of this question's block. */
  blockOf(question: string, seal: Seal): Promise<{ tags: string[]; mark: string }>;
}

/** The keys of an epoch were destroyed: what was sealed under them is closed for ever. */
export class EpochGone extends Error {
  override name = 'EpochGone';
}

/** A Seal was changed, or moved to another question: it opens for nobody, now or later. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

/** What keeps the keys cannot be reached, or refuses. Nothing is lost: later it may open. */
export class VaultAway extends Error {
  override name = 'VaultAway';
}
