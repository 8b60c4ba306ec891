/** One paragraph of somebody's words, and its distance from the one before. */
export interface Line {
  text: string;
  gap: 'None' | 'Small' | 'Medium';
}

export interface Choice {
  title: string;
  value: string;
}

/** Something said before or after the answer. */
export interface Said {
  who: string;
  lines: Line[];
}

export type Color = 'Default' | 'Accent' | 'Good' | 'Warning' | 'Attention';

/** A short question is set larger: it is what the card is about. */
export type Size = 'Large' | 'Medium';
