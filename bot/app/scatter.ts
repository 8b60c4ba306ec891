/** The part of a Store that forgets in which order it was written. */
export interface ScatterStore {
  /**
   * Sees to it that where records stand tells nothing of the order in which they were written. False where it was not done:
   * the store is larger than so many bytes, or somebody else is writing. A service that places records itself has nothing
   * to do: true.
   */
  scatter(maxBytes: number): Promise<boolean>;
}

const MB = 1_000_000;
/**
 * How large a store may be to be scattered. Measured with SQLite: 10 MB (3,000 questions) take about 0.1 s, 100 MB take 1 s
 * and as much memory, and everybody waits for it: an invoke has three seconds.
 */
const ALWAYS = 10 * MB;
const ONCE_A_DAY = 100 * MB;
/** Of UTC. */
const NIGHT_HOUR = 2;

/** After each batch, or a moment later in a rush: of what stands in a small store, nobody can tell any longer what was written first. */
export const scatterBatch = (store: ScatterStore): Promise<boolean> => store.scatter(ALWAYS);

/** Every hour, also for what is written without a batch; a larger store once a day. */
export const scatterHourly = (store: ScatterStore, now: Date): Promise<boolean> =>
  store.scatter(now.getUTCHours() === NIGHT_HOUR ? ONCE_A_DAY : ALWAYS);
