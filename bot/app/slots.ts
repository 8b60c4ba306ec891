import type { AnsweredQuestion } from '../domain/question.ts';
import type { Slots } from '../domain/slot.ts';

/** The Slots of one channel. */
export interface ChannelSlots {
  channel: string;
  slots: Slots;
  /** Curators were told that the stream runs dry, and it has not been filled since. */
  warned: boolean;
}

/** With the version under which they may be saved. */
export interface KeptSlots extends ChannelSlots {
  version: string;
}

/** What a Store does for Slots, and for what is planned. */
export interface SlotStore {
  /** Of every channel that ever had some. */
  slots(): Promise<KeptSlots[]>;
  /** Throws Conflict where the version is no longer the current one; without a version, where there are some already. */
  saveSlots(slots: ChannelSlots, version?: string): Promise<void>;
  /** Questions that are planned for some channel, in no telling order. */
  planned(limit: number): Promise<AnsweredQuestion[]>;
}
