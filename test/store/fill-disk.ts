/** Adds questions until the disk refuses one; prints which were kept, and why the last one was not. Ends by itself. */
import { openSqlite } from '../../bot/store/sqlite.ts';
import { sample } from './samples.ts';

const store = openSqlite(process.argv[2] ?? ':memory:');
const added: string[] = [];
let failure = 'none';
try {
  for (let n = 0; n < 500; n += 1) {
    const question = sample({ words: 'A long story. '.repeat(200) });
    await store.add(question);
    added.push(question.id);
  }
} catch (error) {
  failure = String(error);
}
process.stdout.write(JSON.stringify({ added, failure }));
