/** For so long after coming back, a row that was left is looked for. */
const LOOK_MS = 3000;

let left: { question: string; until: number } | undefined;

/** Somebody goes from the board to this question. */
export const leaveFor = (question: string): void => void (left = { question, until: Infinity });

/** Somebody is back on the board. */
export function comeBack(now: number): void {
  if (left !== undefined) left = { ...left, until: now + LOOK_MS };
}

/** The row that they left, for as long as nobody waits for it any more; told once. */
export function cameFrom(rows: readonly string[], now: number): number | undefined {
  const at = left === undefined || now > left.until ? -1 : rows.indexOf(left.question);
  if (at < 0) return undefined;
  left = undefined;
  return at;
}
