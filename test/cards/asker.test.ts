import assert from 'node:assert/strict';
import { askForm } from '../../bot/cards/asker.ts';
import { render } from '../../bot/cards/cards.ts';
import { speak } from '../../bot/cards/say.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { directoryJson } from '../support/cast.ts';
import { textOf } from '../support/client.ts';

const directory = parseDirectory(JSON.stringify(directoryJson()));
const formAt = (publicUrl: string) =>
  textOf(render(askForm(speak('en'), directory, { submission: 'first' }, publicUrl)));

describe('the form to ask', () => {
  it('says what each leader answers for, where that is not everything', () => {
    const { leaders, ...rest } = directory;
    const own = leaders.map((leader, n) => (n === 0 ? { ...leader, topics: ['Strategy', 'Culture'] } : leader));
    const form = askForm(speak('en'), { ...rest, leaders: own }, { submission: 'first' }, '');
    const choices = JSON.stringify(form.data);
    assert.match(choices, /Chief Executive \(Strategy, Culture\)/);
    assert.match(choices, /Chief Operating Officer"/);
  });

  it('links to the page that says what is kept, where people can reach it', () =>
    assert.match(
      formAt('https://forthright.example'),
      /who could learn what\]\(https:\/\/forthright\.example\/privacy\)/,
    ));

  it('has no dead link where nobody said how the page is reached', () => {
    assert.match(formAt(''), /Microsoft 365 may record that you used this bot\.$/m);
    assert.doesNotMatch(formAt(''), /who could learn what|\]\(/);
  });
});
