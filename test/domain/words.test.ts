import assert from 'node:assert/strict';
import { checkWords, clean, count, shorten } from '../../bot/domain/words.ts';

/** What people type in earnest: each must come out as it went in. */
const TYPED = {
  family: '👨‍👩‍👧‍👦',
  'family of several skins': '👩🏽‍❤️‍💋‍👨🏿',
  'rainbow flag': '🏳️‍🌈',
  'eye without its selector': '👁‍🗨',
  keycap: '1️⃣',
  'text presentation': '❤︎',
  'flag of Norway': '🇳🇴',
  'flag of Scotland': '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'flag of Wales': '🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  Arabic: 'لماذا أُغلق المكتب؟',
  'Hebrew with points': 'שָׁלוֹם',
  'Persian with a non-joiner': 'می‌خواهم',
  'Persian with a non-joiner after a vowel sign': 'خانهَ‌ها',
  'Persian abbreviation': 'ه‍.ش.',
  Hindi: 'क्‍ष',
  Gujarati: 'ક્‍ષ',
  Punjabi: 'ਕ੍‍ਯ',
  Odia: 'କ୍‍ଷ',
  Sinhala: 'ශ්‍රී',
  'combining marks': 'e\u0301 a\u0308 o\u0302\u0323',
  'ideograph with its variant': '葛\u{E0100}',
  Mongolian: 'ᠠ᠋',
  Thai: 'ภาษาไทย',
  Korean: '\u1112\u1161\u11ab',
  'indented lines': 'a\n\n\tb\n  c',
  'marks of a template': '${name} {{DATE(x)}} <at>CEO</at> [a](http://b)',
};

/** What nobody sees, and a hidden mark or a trick would use. */
const UNSEEN = {
  NUL: '\0',
  bell: '\u0007',
  escape: '\u001B',
  'soft hyphen': '\u00AD',
  'grapheme joiner': '\u034F',
  'right-to-left override': '\u202E',
  'left-to-right isolate': '\u2066',
  'right-to-left mark': '\u200F',
  'Arabic letter mark': '\u061C',
  'zero-width space': '\u200B',
  'zero-width joiner': '\u200D',
  'zero-width non-joiner': '\u200C',
  'word joiner': '\u2060',
  'invisible plus': '\u2064',
  'byte order mark': '\uFEFF',
  'interlinear annotation': '\uFFF9',
  noncharacter: '\uFFFF',
  'Hangul filler': '\u3164',
  'half-width filler': '\uFFA0',
  'Khmer inherent vowel': '\u17B4',
  'musical beam': '\u{1D173}',
  'tag letter': '\u{E0041}',
  'variation selector': '\uFE00',
  'variation selector 17': '\u{E0100}',
};

const pieces = [...Object.values(TYPED), ...Object.values(UNSEEN), 'a', ' ', '\n', '\r', '\u2028', '\uD83D', '👨'];

/** A bounded, repeatable walk through random texts. */
function* randomTexts(total: number): Generator<string> {
  let seed = 42;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let made = 0; made < total; made += 1) {
    yield Array.from({ length: 1 + next(8) }, () => pieces[next(pieces.length)]).join('');
  }
}

describe('clean', () => {
  for (const [name, text] of Object.entries(TYPED)) {
    it(`keeps ${name} as typed`, () => {
      assert.equal(clean(text), text);
      assert.equal(clean(`a ${text} b`), `a ${text} b`);
    });
  }

  for (const [name, mark] of Object.entries(UNSEEN)) {
    it(`removes a hidden ${name}`, () => {
      assert.equal(clean(`a${mark}b`), 'ab');
      assert.equal(clean(`${mark}a b${mark}${mark}`), 'a b');
    });
  }

  it('leaves no hidden text after a flag, an emoji or a letter that may carry one mark', () => {
    const hidden = Array.from('fire them', (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)));
    assert.equal(clean(`🏴${hidden.join('')}`), '🏴');
    assert.equal(clean('😀\uFE0F\uFE0E\u{E0121}'), '😀\uFE0F');
    assert.equal(clean('😀\u200Dno'), '😀no');
    assert.equal(clean('می\u200C\u200C\u200C\u200Cخواهم'), 'می‌خواهم');
  });

  it('makes half of a surrogate pair visible instead of passing it on', () => {
    assert.equal(clean('a\uD83Db'), 'a\uFFFDb');
    assert.equal(clean('\uDC00'), '\uFFFD');
  });

  it('knows every kind of line break, also those that slides and word processors make', () => {
    assert.equal(clean('a\r\nb\rc\u2028d\u2029e\u000Bf\u0085g'), 'a\nb\nc\nd\ne\nf\ng');
    assert.equal(clean('a\n\n\n\n\nb'), 'a\n\nb');
    assert.equal(clean('  a  \n'), 'a');
  });

  it('cleans what it cleaned to the same, leaves nothing unseen and no half pairs', () => {
    for (const text of randomTexts(2000)) {
      const once = clean(text);
      const shown = JSON.stringify(text);
      assert.equal(clean(once), once, shown);
      assert.ok(once.isWellFormed(), shown);
      assert.doesNotMatch(once, /[\p{Cc}--[\n\t]]|[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/v, shown);
    }
  });
});

describe('count', () => {
  it('counts what a person would call one character as one', () => {
    const { Hindi: _conjunct, ...simple } = TYPED;
    for (const name of [
      'family',
      'keycap',
      'flag of Norway',
      'flag of Scotland',
      'ideograph with its variant',
    ] as const)
      assert.equal(count(simple[name]), 1, name);
    assert.equal(count('e\u0301'), 1);
    assert.equal(count('\r\n'), 1);
    assert.equal(count(''), 0);
  });

  it('counts each of many', () => assert.equal(count('👨‍👩‍👧‍👦a'.repeat(500)), 1000));
});

describe('checkWords', () => {
  it('tells that there is no text where nothing can be seen', () => {
    for (const blank of ['', ' \n\t ', '\u200B\u3164', '\u2800', '\u00A0', '\0'])
      assert.deepEqual(checkWords(blank, 10), { refused: 'blank' }, JSON.stringify(blank));
  });

  it('takes a text of just the limit, and tells how long a longer one is', () => {
    assert.equal(checkWords('👩‍👩‍👧'.repeat(10), 10), '👩‍👩‍👧'.repeat(10));
    assert.deepEqual(checkWords('👩‍👩‍👧'.repeat(11), 10), { refused: 'too-long', length: 11, limit: 10 });
  });

  it('counts after cleaning, so that nothing unseen uses up room', () => {
    assert.equal(checkWords(`  ${'a\u200B'.repeat(10)}\n`, 10), 'a'.repeat(10));
  });
});

describe('shorten', () => {
  it('keeps a text that fits, on one line', () => assert.equal(shorten('a\n\nb  c', 5), 'a b c'));

  it('cuts between characters, never inside one, and shows that it cut', () => {
    assert.equal(shorten('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2), '👨‍👩‍👧‍👦…');
    assert.equal(shorten('one two three', 5), 'one…');
    for (const text of randomTexts(300)) assert.ok(count(shorten(clean(text), 5)) <= 5, JSON.stringify(text));
  });
});
