/** What readers say of an answer. */
export const REACTIONS = ['helped', 'partly', 'not'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** How many readers say each. */
export type Reactions = Record<Reaction, number>;

export const NO_REACTIONS: Reactions = { helped: 0, partly: 0, not: 0 };
