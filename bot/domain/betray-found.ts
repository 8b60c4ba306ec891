/** What in somebody's words can show who wrote them. */
export type Betrayal = 'email' | 'phone' | 'employee' | 'signature' | 'name' | 'only';

/** Words that may give their writer away, exactly as they stand in the text. */
export interface Finding {
  kind: Betrayal;
  words: string;
}

/** A Finding and where it begins. */
export interface Found extends Finding {
  at: number;
}

/** Who writes, as Teams tells it, and whom they write to: "Thanks, Ines" is no signature before Ines. */
export interface Writer {
  name: string;
  leaders: readonly string[];
}
