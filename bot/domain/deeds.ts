/** What one role did in one week: the change log that curators read. It names nobody, and tells no day. */
export interface Noted {
  week: string;
  /** `comms` is a curator or an admin; `bot`, what was planned for a time and came out by itself. */
  role: 'asker' | 'leader' | 'delegate' | 'curator' | 'comms' | 'bot';
  did: (typeof DEEDS)[number];
  /** In or for which channels, by id. */
  channels?: string[];
}

export const DEEDS = [
  ...(['asked', 'signed', 'withdrawn', 'asked-back', 'clarified', 'followed-up', 'replied'] as const),
  ...(['drafted', 'promised', 'handed-on', 'answered', 'corrected', 'declined', 'set-aside'] as const),
  ...(['published', 'continued', 'scheduled', 'moved', 'unscheduled', 'retracted'] as const),
  ...(['merged', 'unmerged', 'carried', 'edit-proposed', 'edit-agreed', 'edit-refused', 'sorted'] as const),
  ...(['block-proposed', 'blocked', 'block-refused', 'block-lifted'] as const),
] as const;
