import assert from 'node:assert/strict';
import { crowd, noor, omar, type Person } from '../support/cast.ts';
import type { Seen } from '../support/client.ts';
import type { Teams } from '../support/teams.ts';
import { People } from './people.ts';
import type { Aim } from './points.ts';
import { MortalBot } from './process.ts';
import type { Ground } from './rest.ts';

export const askers: readonly Person[] = [noor, omar, ...crowd];
/** Time that passes while the bot is down: whatever a process that is dead had reserved is free by then. */
const DOWN_MS = 10 * 60_000;

/** Settings with which nobody waits for anything. */
export const settingsOf = (ground: Ground, teams: Teams): Record<string, string> => ({
  ...ground.settings,
  FORMS: 'inline',
  SERVICE_URL: teams.url,
  QUESTIONS_A_DAY: '0',
  VOTES_A_DAY: '0',
  NOTICE_MINUTES: '0',
});

/** People around one bot that dies and is started again. */
export class World extends People {
  /** In milliseconds: how far the bot's clock is ahead. */
  ahead = 0;
  bot = new MortalBot();
  #next = this.bot;
  #aim: Aim | undefined;
  readonly #settings: Record<string, string>;

  constructor(ground: Ground, teams: Teams, chance: () => number, settings: Record<string, string> = {}) {
    super({ ground, teams, chance, askers });
    this.#settings = { ...settingsOf(ground, teams), ...settings };
  }

  get isMixed(): boolean {
    return this.#settings['MIX_SIZE'] === '2';
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  url(): string {
    return `http://127.0.0.1:${this.bot.port}`;
  }

  /** False where it died before it listened. */
  async start(aim?: Aim): Promise<boolean> {
    this.bot = this.#next;
    // Loaded while this one lives, so that it starts at once.
    this.#next = new MortalBot();
    return this.bot.start({ settings: this.#settings, ahead: this.ahead, ...(aim === undefined ? {} : { aim }) });
  }

  async restart(): Promise<void> {
    this.ahead += DOWN_MS;
    assert.ok(await this.start(), `It did not start again:\n${this.bot.output}`);
  }

  close(): void {
    for (const bot of [this.bot, this.#next]) bot.kill();
  }

  /** The next act that counts is the one at which the bot dies. */
  aimAt(aim: Aim | undefined): void {
    this.#aim = aim;
  }

  protected async act(press: () => Promise<Seen>): Promise<Seen | undefined> {
    const aim = this.#aim;
    this.#aim = undefined;
    if (aim !== undefined) await this.bot.aim(aim);
    try {
      return await press();
    } catch (error) {
      if (aim === undefined) throw error;
      return undefined;
    }
  }
}
