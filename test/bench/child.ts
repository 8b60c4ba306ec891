import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const ENDING_MS = 5_000;
/** Nothing of what a shell holds reaches what is measured. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

export const environment = (): Record<string, string> => {
  const passed = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return Object.fromEntries(passed) as Record<string, string>;
};

/** What `npm start` gives Node. */
export const FLAGS = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];

/** A file of this folder, run in a process of its own, which ends with this one. Both sides send each other messages. */
export class Child {
  readonly #process: ChildProcess;
  #stderr = '';

  constructor(file: string, given: object) {
    this.#process = fork(new URL(file, import.meta.url), [JSON.stringify(given)], {
      execArgv: [...FLAGS, '--expose-gc'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: environment(),
    });
    this.#process.stderr?.on('data', (part) => (this.#stderr = (this.#stderr + String(part)).slice(-4000)));
  }

  /** What it says next. Rejects where it ends first, or says nothing for so long. */
  async hear<Said>(ms = PATIENCE_MS): Promise<Said> {
    const over = new AbortController();
    const { signal } = over;
    const silence = delay(ms, undefined, { signal }).then(() => `said nothing for ${ms / 1000} s`);
    const ended = once(this.#process, 'exit', { signal }).then(() => 'has ended');
    const said = once(this.#process, 'message', { signal }).then(([message]) => ({ message: message as Said }));
    try {
      const first = await Promise.race([said, silence, ended]);
      if (typeof first === 'object') return first.message;
      throw new Error(`What the bench measures ${first}. ${this.#stderr}`);
    } finally {
      over.abort();
      await Promise.allSettled([silence, ended, said]);
    }
  }

  async ask<Said>(question: string): Promise<Said> {
    const heard = this.hear<Said>();
    this.#process.send(question);
    return heard;
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    const late = setTimeout(() => this.#process.kill('SIGKILL'), ENDING_MS);
    if (this.#process.connected) this.#process.disconnect();
    await ended;
    clearTimeout(late);
  }
}
