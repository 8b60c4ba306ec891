import { createContext, useContext } from 'react';
import type { Output } from './api.ts';
import type { Host } from './host.ts';

/** Who looks at the desk, and what they may do there. */
export type Me = Output<'get', '/api/me'>;

export interface Desk {
  readonly me: Me;
  readonly host: Host;
}

const DeskContext = createContext<Desk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

/** The person at the desk, and the host that shows it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('There is no desk around this');
  return desk;
}
