const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The part of Markdown that Teams reads in a TextBlock, as HTML: bold, italic, lists. Any HTML in it stays text. */
export function toHtml(text: string): string {
  const inline = escaped(text)
    .replaceAll(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '<b>$1</b>')
    .replaceAll(/(?<!\w)[*_](\S(?:[^*_]*\S)?)[*_](?!\w)/g, '<i>$1</i>');
  const lists = inline.replaceAll(/(?:^[-*] .*(?:\n|$))+/gm, (list) => {
    const lines = list.trimEnd().split('\n');
    return `<ul>${lines.map((line) => `<li>${line.slice(2)}</li>`).join('')}</ul>`;
  });
  return lists.replaceAll(/\n{2,}/g, '<br><br>');
}
