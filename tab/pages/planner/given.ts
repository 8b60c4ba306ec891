import type { Carried, Carrying } from './carry.ts';
import type { Span } from './days.ts';
import type { Plan, PlanChannel } from './plan.ts';

export interface CalendarGiven {
  readonly plan: Plan;
  readonly channel: PlanChannel;
  readonly span: Span;
  readonly day: string;
  readonly days: readonly string[];
  readonly carrying: Carrying;
  readonly drop: (carried: Carried, at: number) => void;
  readonly act: (doing: Promise<unknown>, done: string) => Promise<void>;
  /** The Slot to which something was just moved: the focus goes along. */
  readonly arrived: number | undefined;
  /** Says something to whoever listens rather than looks. */
  readonly tell: (words: string) => void;
}
