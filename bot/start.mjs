import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

// Before anything else is loaded: what Node made of sources and packages is kept for the next start, which is quicker and
// smaller. Not in TypeScript, which would load what strips types for this file alone. Beside the code, since whoever may
// write there could change the bot itself; where the bot may not, it starts without.
enableCompileCache(join(import.meta.dirname, '../.cache'));
const { main } = await import('./main.ts');
await main();
flushCompileCache();
