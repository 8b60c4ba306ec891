import type { z } from 'zod';
import type { Asker, Deps } from '../app/ports.ts';
import type { View } from '../cards/cards.ts';
import { sayRefusal } from '../cards/refusal.ts';
import type { Say } from '../cards/say.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Forms } from './messages.ts';

/** Who acts, from the authenticated activity and from nowhere else. */
export interface Actor {
  id: string;
  /** As Teams tells it; used only where an asker chooses to sign. */
  name: string;
  asker: Asker;
}

export interface Turn {
  deps: Deps;
  me: Actor;
  /** In the language of whoever acts. */
  say: Say;
  forms: Forms;
  isLocal: boolean;
  /** Where people reach the bot's pages; empty where nobody said. */
  publicUrl: string;
}

/** What the person sees next. */
export type Reply =
  /** A card. In a dialog, `done` closes it with these words instead; `title` heads the dialog. */
  | { view: View; title?: string; done?: string }
  /** A sentence; the card and what was typed into it stay. */
  | { note: string };

/** One verb: the fields it takes, and what it does with them. */
export interface Verb {
  run(turn: Turn, fields: Record<string, unknown>): Promise<Reply>;
}

/** Checks the fields before the verb sees them. Fields it does not name are dropped. */
export function verb<Shape extends z.ZodType>(
  shape: Shape,
  run: (turn: Turn, fields: z.infer<Shape>) => Promise<Reply>,
): Verb {
  return {
    run: (turn, fields) => {
      const read = shape.safeParse(fields);
      return read.success ? run(turn, read.data) : Promise.resolve(outOfDate(turn));
    },
  };
}

export const outOfDate = ({ say }: Turn): Reply => ({ note: say('chat.outOfDate') });

/** An expected "no", as whoever acts reads it. */
export const refuse = ({ say }: Turn, refusal: Refusal): { note: string } => ({ note: sayRefusal(say, refusal) });
