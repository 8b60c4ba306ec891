import assert from 'node:assert/strict';
import { crowd, directoryJson, type Person } from '../support/cast.ts';
import { openCompany } from './company.ts';
import { rowsIn } from './rows.ts';

const [mirela] = crowd as [Person];

describe('privacy: very few people', () => {
  for (const audience of [9, 10]) {
    const taken = audience < 10 ? 'is not taken, and leaves nothing' : 'is taken';
    it(`a question without a name, where ${audience} could have asked it, ${taken}`, async () => {
      const { scene, client, close } = await openCompany({ directory: { ...directoryJson(), audience } });
      try {
        const form = await scene.command(client(mirela), 'ask');
        await client(mirela).press(form, 'Send', { words: 'Who of us nine would say so?' });
        const tables = new Set(rowsIn(scene.bot.folder).map(({ table }) => table));
        const left = ['questions', 'seals', 'slips', 'waiting', 'counts'].filter((table) => tables.has(table));
        assert.deepEqual(left, audience < 10 ? [] : ['questions', 'seals', 'slips']);
      } finally {
        await close();
      }
    });
  }
});
