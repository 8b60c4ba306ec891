/** A curator says what they are working on, so that nobody else begins the same. A courtesy: it keeps nobody from anything. */
export interface Claim {
  question: string;
  /** The curator, by id. */
  by: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** The part of the Store that says who works on what. */
export interface ClaimStore {
  /** Those that still run: a question has one at most. */
  claims(now: number): Promise<Claim[]>;
  /** Whoever had it before. */
  putClaim(claim: Claim): Promise<void>;
  /** Leaves one alone that is somebody else's by now. */
  eraseClaim(question: string, by: string): Promise<void>;
  /** Forgets those that have run out, where the store does not do so by itself. */
  forgetClaims(now: number): Promise<void>;
}
