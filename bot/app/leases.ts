/** The right to run a job, so that of several instances one runs it. */
export interface LeaseStore {
  /**
   * Takes, or keeps, the right to run a job for `ms` milliseconds from `now`. False while another holder has it. A lease that
   * ends further away than twice `ms` was given by a clock that was wrong: it counts for nothing. Once `ms`, and every
   * instance whose clock is a little behind would take the lease from one whose clock is a little ahead.
   */
  lease(job: string, lease: { holder: string; now: number; ms: number }): Promise<boolean>;
  /** Gives it back, where this holder has it. */
  release(job: string, holder: string): Promise<void>;
}
