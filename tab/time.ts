import { locale } from './words.ts';

/** An instant as the clocks of a zone show it: "Tue 24 Nov, 09:00". */
export const sayTime = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(locale(), {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

/** A time zone as people read it: "Europe/Berlin", "America/New York". */
export const sayZone = (zone: string): string => zone.replaceAll('_', ' ');

/** A moment on the clock of whoever reads, and which clock that is: the planner shows the one of each channel. */
export const sayOwnTime = (at: number): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
