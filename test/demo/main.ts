import { parseArgs } from 'node:util';
import { startDemo } from './demo.ts';

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false }, folder: { type: 'string' } } });
const folder = values.folder === undefined ? {} : { folder: values.folder };
const wanted = new AbortController();
const signalled = new Promise<undefined>((resolve) => {
  wanted.signal.addEventListener('abort', () => resolve(undefined));
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => wanted.abort());

try {
  const demo = await startDemo({ ...folder, fresh: values.fresh, signal: wanted.signal });
  console.log(`The demo is ready. Ctrl-C ends it.\n${demo.url}`);
  const mishap = await Promise.race([demo.ended, signalled]);
  await demo.stop();
  if (mishap !== undefined) throw new Error(mishap);
} catch (error) {
  if (wanted.signal.aborted) process.exit();
  console.error(`The demo has stopped. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
