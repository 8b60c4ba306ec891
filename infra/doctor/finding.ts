/** What was looked at, and how it stands. It names nobody, and holds no secret and no id: people send it to each other. */
export type Finding =
  | { readonly is: 'ok'; readonly what: string }
  | { readonly is: 'mend'; readonly what: string; readonly how: string };

export const ok = (what: string): Finding => ({ is: 'ok', what });
export const mend = (what: string, how: string): Finding => ({ is: 'mend', what, how });

/** One line for each. A remedy of several lines, as of the settings, is one finding for each of them. */
export const toLine = (finding: Finding): string =>
  finding.is === 'ok' ? `ok    ${finding.what}` : `mend  ${finding.what}: ${finding.how.replaceAll(/\s*\n\s*/g, ' ')}`;

/** What fails in a way that nobody foresaw is told by its kind alone: the words of an error may be somebody's. */
export async function guarded(what: string, look: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown';
    return [mend(what, `it could not be looked at (${kind}). Run the doctor as the bot’s own account.`)];
  }
}
