import type { Watched } from '../domain/epoch.ts';

/** The life of the epochs' keys; what they are stays in the seal room. Several instances share one file of them. */
export interface Ring {
  /** Epochs that have keys, newest first. */
  epochs(): string[];
  /** Epochs whose keys were destroyed. */
  gone(): string[];
  /** Takes over what another instance began, and forgets what it destroyed. */
  refresh(): Promise<void>;
  /** Makes keys for an epoch that has none. */
  begin(epoch: string): Promise<void>;
  /** For ever. An epoch that has no keys is left as it is. */
  destroy(epoch: string): Promise<void>;
  /** What was noted last of an epoch, and of time: see domain/epoch.ts. */
  watched(epoch: string): Watched;
  pace(): number | undefined;
  note(pace: number, watched: ReadonlyMap<string, Watched>): Promise<void>;
}
