import assert from 'node:assert/strict';
import { join } from 'node:path';
import { noor as demoNoor } from './cast.ts';
import { noor } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type Stored, watchStored } from './stored.ts';

const plain = (page: string): string => page.replace(/<style>[^]*<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('The demo’s page “What is stored about this question”', () => {
  let scene: Scene;
  let stored: Stored;
  beforeEach(async () => {
    scene = await openScene({ meets: ['noor', 'ines', 'kofi', 'omar'] });
    stored = watchStored(join(scene.bot.folder, 'data'));
  });
  afterEach(async () => {
    stored.stop();
    await scene.close();
  });

  it('says what to do where nothing was asked, or where there is no database', () => {
    assert.match(plain(stored.page()), /Nothing was asked yet/);
    const nowhere = watchStored(join(scene.bot.folder, 'nowhere'));
    assert.match(plain(nowhere.page()), /There is no database/);
    nowhere.stop();
  });

  it('shows the row of the newest question with its votes, and Seals and Slips without saying whose', async () => {
    await scene.asked('Is the first one kept?');
    assert.match(plain(stored.page()), /It is the only Seal/);
    await scene.asked('And the second one?');
    await scene.omar.press(await scene.command(scene.omar, 'questions'), 'I’d ask this too');
    await scene.settled();
    const page = plain(stored.page());
    assert.match(page, /And the second one\?/);
    assert.doesNotMatch(page, /Is the first one kept/);
    assert.match(page, /One of these 2 is this question’s/);
    assert.match(page, /capsule [\w-]{160}… \([\d,]+ characters\)/);
    assert.match(page, /Beside it: met/);
    assert.ok(![noor.name, noor.aadObjectId, noor.conversationId].some((text) => page.includes(text)));
  });

  it('searches the raw bytes for Noor, and says where she is found', async () => {
    const card = await scene.asked('Where am I?');
    assert.match(plain(stored.page()), /Not found: Noor Haddad’s name and ids, in \d+ forms, .*forthright\.db/);
    await scene.answered(card, `Ask ${demoNoor.name}.`);
    assert.match(plain(stored.page()), /Found in [^:]*forthright\.db/);
  });

  it('shows words as words', async () => {
    await scene.asked('<img src=x onerror=alert(1)> $& Right?');
    const page = stored.page();
    assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt; $&amp; Right?'));
    assert.ok(!page.includes('<img'));
  });
});

describe('The demo’s watch on its database', () => {
  const folder = useFolder();

  it('waits for a database that is not there yet', () => {
    const stored = watchStored(folder.file('data'));
    assert.match(plain(stored.page()), /There is no database/);
    stored.stop();
  });
});
