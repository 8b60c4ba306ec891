import assert from 'node:assert/strict';
import { toHtml } from '../../tab/parts/card-text.ts';

describe('the text of a card in the preview', () => {
  it('reads bold, italic and lists, as Teams does', () => {
    assert.equal(toHtml('**a** and _b_'), '<b>a</b> and <i>b</i>');
    assert.equal(toHtml('- a\n- b'), '<ul><li>a</li><li>b</li></ul>');
  });

  for (const hostile of [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '**<b onclick="x">**',
    '[press](javascript:alert(1))',
    '- <iframe srcdoc="x">',
  ]) {
    it(`leaves ${hostile} a text`, () => {
      const tags = [...toHtml(hostile).matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? '');
      assert.deepEqual(
        tags.filter((tag) => !/^\/?(b|i|ul|li|br)$/.test(tag)),
        [],
      );
    });
  }
});
