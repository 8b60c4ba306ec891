import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Order } from './child.ts';
import type { Aim } from './points.ts';

/** Far above what a start takes on a busy machine. */
const LIMIT_MS = 15_000;

/** The bot in a process of its own, that can be made to die at a point. */
export class MortalBot {
  port = 0;
  /** All that it wrote. */
  output = '';
  readonly #child: ChildProcess;
  readonly #late: NodeJS.Timeout;
  readonly ended: Promise<string>;

  /** Loads the bot, and starts nothing yet. */
  constructor() {
    const entry = new URL('./child.ts', import.meta.url);
    this.#child = fork(entry, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (part) => (this.output += String(part)));
    this.#late = setTimeout(() => this.kill(), 10 * LIMIT_MS).unref();
    this.ended = once(this.#child, 'close').then(([code, signal]: unknown[]) => {
      clearTimeout(this.#late);
      return String(signal ?? code);
    });
  }

  /** False where it ended before it listened. */
  async start(order: Omit<Extract<Order, { do: 'start' }>, 'do'>): Promise<boolean> {
    const port = this.#answer<{ port?: number }>(({ port }) => port !== undefined);
    this.#child.send({ do: 'start', ...order } satisfies Order);
    this.port = (await port)?.port ?? 0;
    return this.port > 0;
  }

  async aim(aim: Aim): Promise<void> {
    const aimed = this.#answer<{ aimed?: true }>(({ aimed }) => aimed === true);
    this.#child.send({ do: 'aim', aim } satisfies Order);
    await aimed;
  }

  /** How it ended: a signal or an exit code; and the point at which it was killed. */
  async death(): Promise<{ by: string; at: string | undefined }> {
    const by = await Promise.race([this.ended, late('lives on')]);
    return { by, at: /^killed at (.*)$/m.exec(this.output)?.[1] };
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** What it tells next of this kind; nothing where it ended. */
  #answer<Told>(isIt: (told: Told) => boolean): Promise<Told | undefined> {
    return new Promise((settle) => {
      const hear = (told: Told) => {
        if (!isIt(told)) return;
        this.#child.off('message', hear);
        settle(told);
      };
      this.#child.on('message', hear);
      void this.ended.then(() => settle(undefined));
    });
  }
}

const late = (word: string): Promise<string> =>
  new Promise((settle) => void setTimeout(settle, LIMIT_MS, word).unref());
