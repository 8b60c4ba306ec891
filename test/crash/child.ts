/** The real bot, as bot/main.ts starts it, in a process that dies where its parent aims. Started by life.ts. */
import { readConfig } from '../../bot/config.ts';
import { makeLog } from '../../bot/log.ts';
import { start } from '../../bot/main.ts';
import { instrument, PARTS, takeAim } from './instrument.ts';
import type { Aim } from './points.ts';

export type Order =
  /** `ahead`: by how many milliseconds the clock of the bot is ahead of this machine's. */
  { do: 'start'; settings: Record<string, string>; ahead: number; aim?: Aim } | { do: 'aim'; aim: Aim };

const say = (told: object) => process.send?.(told);

process.on('message', (order: Order) => {
  takeAim(order.aim);
  if (order.do === 'aim') return void say({ aimed: true });
  const config = readConfig(order.settings);
  instrument(config);
  const clock = { now: () => new Date(Date.now() + order.ahead) };
  const log = makeLog((line) => process.stdout.write(line));
  start(config, log, { ...PARTS, clock }).then(
    ({ port }) => say({ port }),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
// Nobody is left to order anything, or to be told.
process.on('disconnect', () => process.exit(0));
