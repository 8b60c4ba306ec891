/** A contact sheet: in each column, the numbers of the cards that hang there, from the top. */
export type Sheet = readonly (readonly number[])[];

/** A taller picture would be scaled down until nobody can read it. */
const MAX_HEIGHT = 1540;
const GAP = 20;

/** Hangs cards, in their order, in columns, and begins a new sheet when the last column is full. Heights in pixels. */
export function planSheets(heights: ReadonlyMap<number, number>, columnsPerSheet: number): Sheet[] {
  const columns: number[][] = [];
  let free = 0;
  for (const [number, height] of heights) {
    const column = columns.at(-1);
    if (column && height <= free) column.push(number);
    else columns.push([number]);
    free = (column && height <= free ? free : MAX_HEIGHT) - height - GAP;
  }
  const sheets = Math.ceil(columns.length / columnsPerSheet);
  return Array.from({ length: sheets }, (_, at) => columns.slice(at * columnsPerSheet, (at + 1) * columnsPerSheet));
}
