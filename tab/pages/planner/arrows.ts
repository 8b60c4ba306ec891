const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;

const centre = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
};

/**
 * The stop that an arrow key leads to: the nearest one that way, as the eye would go; without one on the same line, the next in
 * time. So it holds for a week, a month, and a list.
 */
export function stopFrom(stops: readonly HTMLElement[], from: Element, key: string): HTMLElement | undefined {
  if (key === 'Home') return stops[0];
  if (key === 'End') return stops.at(-1);
  if (!(key in DIRECTIONS)) return undefined;
  const [dx, dy] = DIRECTIONS[key as keyof typeof DIRECTIONS];
  const [x, y] = centre(from);
  const away = (stop: HTMLElement): number => {
    const [toX, toY] = centre(stop);
    const along = (toX - x) * dx + (toY - y) * dy;
    const aside = Math.abs((toX - x) * dy) + Math.abs((toY - y) * dx);
    return along > 2 ? along + 3 * aside : Infinity;
  };
  const nearest = stops.filter((stop) => away(stop) < Infinity).toSorted((a, b) => away(a) - away(b))[0];
  return nearest ?? inTime(stops, from, dx + dy);
}

function inTime(stops: readonly HTMLElement[], from: Element, by: number): HTMLElement | undefined {
  const isRightToLeft = getComputedStyle(from).direction === 'rtl';
  const at = stops.findIndex((stop) => stop === from);
  return stops[at + (isRightToLeft ? -by : by)];
}
