import { lazy } from 'react';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';

const Question = lazy(() => import('./question.tsx'));
const Thread = lazy(() => import('./thread.tsx'));

/** One address for a question: comms see the whole of it, everybody else what is published. */
export default function Q(props: PageProps) {
  const { me } = useDesk();
  return me.roles.includes('curator') || me.roles.includes('admin') ? <Question {...props} /> : <Thread {...props} />;
}
