import assert from 'node:assert/strict';
import type { Findable, Search, Wanted } from '../../bot/app/search.ts';
import { fold } from '../../bot/domain/words.ts';
import { isNear, makeSearch } from '../../bot/store/search.ts';

const thread = (id: string, asked: string, more: Partial<Findable> = {}): Findable => ({
  id,
  asked,
  leader: 'ines',
  topic: '',
  since: '2026-11-23',
  votes: 0,
  helped: 0,
  said: '',
  ...more,
});

describe('The search among published threads', () => {
  let search: Search;
  beforeEach(() => void (search = makeSearch()));
  const find = (words: string, more: Partial<Wanted> = {}) =>
    search.find({ words, by: 'newest', from: 0, limit: 10, ...more });

  it('finds a thread by the beginning of a word, in question and answer, while it is typed', () => {
    search.put(thread('a', 'Why is the elevator broken?', { said: 'The landlord was told.' }));
    search.put(thread('b', 'When do we get a canteen?'));
    for (const typed of ['e', 'el', 'elev', 'elevator', 'landl']) assert.deepEqual(find(typed), ['a'], typed);
    assert.deepEqual(find('xylophone'), []);
  });

  it('knows umlauts and accents however they are typed', () => {
    search.put(thread('a', 'Wann wird das Büro größer?'));
    search.put(thread('b', 'Où est le café ?'));
    for (const typed of ['büro', 'BÜRO', 'buero', 'bu\u0308ro', 'groesser', 'größer'])
      assert.deepEqual(find(typed), ['a']);
    assert.deepEqual(find('cafe'), ['b']);
    assert.equal(fold('Straße'), 'strasse');
  });

  it('finds a part of a long German word', () => {
    search.put(thread('a', 'Kommt eine Gehaltserhöhung?'));
    assert.deepEqual(find('erhöhung'), ['a']);
  });

  it('forgives a slip: a letter more, less, other, or swapped', () => {
    search.put(thread('a', 'Will the restructuring cost jobs?'));
    for (const typed of ['restructring', 'restructturing', 'restrukturing', 'retsructuring'])
      assert.deepEqual(find(typed), ['a'], typed);
    assert.deepEqual(find('construction'), []);
    assert.equal(isNear('cat', 'car'), false, 'short words have too many neighbours');
    assert.equal(isNear('salary', 'salery'), true);
  });

  it('wants every word, and where none has them all, any', () => {
    search.put(thread('a', 'Parking in Oslo'));
    search.put(thread('b', 'Parking in Bergen'));
    assert.deepEqual(find('parking oslo'), ['a']);
    assert.deepEqual(find('oslo bicycles'), ['a']);
    assert.deepEqual(find('oslo bicycles', { from: 10 }), [], 'and never on a later page');
  });

  it('puts a word of the question before one of the answer', () => {
    search.put(thread('a', 'What of lunch?', { said: 'Bicycles are fine.' }));
    search.put(thread('b', 'What of bicycles?', { said: 'Lunch is fine.' }));
    assert.deepEqual(find('bicycles'), ['b', 'a']);
  });

  it('takes nothing that is typed for a condition', () => {
    search.put(thread('a', 'Plain words'));
    for (const typed of ['"', "' OR 1=1 --", 'NOT', 'a AND', '(', '*', 'asked:plain', 'NEAR(', '\u0000', '🙂', ''])
      find(typed);
    assert.deepEqual(find('plain" OR'), ['a']);
  });

  it('filters by leader and topic, and pages, in each order', () => {
    search.put(thread('a', 'one', { since: '2026-11-20', votes: 9, topic: 'Strategy' }));
    search.put(thread('b', 'one', { since: '2026-11-22', votes: 1 }));
    search.put(thread('c', 'one', { since: '2026-11-21', votes: 5, leader: 'otto', helped: 7 }));
    assert.deepEqual(find(''), ['b', 'c', 'a']);
    assert.deepEqual(find('', { by: 'helpful' }), ['c', 'b', 'a']);
    assert.deepEqual(find('', { by: 'wanted' }), ['a', 'c', 'b']);
    assert.deepEqual(find('', { from: 1, limit: 1 }), ['c']);
    assert.deepEqual(find('', { leader: 'otto' }), ['c']);
    assert.deepEqual(find('one', { topic: 'Strategy' }), ['a']);
  });

  it('forgets what it is told to forget, and knows the newest words of a thread alone', () => {
    search.put(thread('a', 'elephants'));
    search.put(thread('a', 'giraffes'));
    assert.deepEqual([find('elephants'), find('giraffes')], [[], ['a']]);
    search.drop('a');
    assert.deepEqual([find('giraffes'), find('')], [[], []]);
    search.drop('a');
  });
});
