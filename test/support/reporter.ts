import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What a mocha run leaves for test/check.ts, as JSON in the file that MOCHA_STATS names. */
export type Stats = { passed: number; failed: number; skipped: string[] };

/** mocha's own report, and the numbers of it in a file: what stands in a file need not be read out of prose. */
export default class StatsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skipped: string[] = [];
    runner.on('pending', (test) => void skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const stats: Stats = { passed: this.stats.passes, failed: this.stats.failures, skipped };
      const file = process.env['MOCHA_STATS'];
      if (file) writeFileSync(file, JSON.stringify(stats));
    });
  }
}
