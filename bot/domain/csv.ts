/**
 * A sign by which Excel, LibreOffice and Google Sheets begin a formula, at the beginning of a cell or of what another separator,
 * a quotation mark or a line break would make one: a sheet that expects semicolons splits a text in other places.
 * OWASP, "CSV Injection". The wide forms are those of East Asian keyboards.
 */
const FORMULA = /(^|[\t\r\n;,|"'])([\s"']*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

/** A text as a cell that no spreadsheet takes for a formula: an apostrophe goes before what could be one. */
const toCell = (text: string): string =>
  `"${text
    .replace(/^[\t\r]+/, '')
    .replace(FORMULA, "$1$2'")
    .replaceAll('"', '""')}"`;

/** A line of a table (RFC 4180), every cell in quotation marks. */
export const toLine = (cells: readonly string[]): string => `${cells.map(toCell).join(',')}\r\n`;

/** Tells Excel that what follows is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';
