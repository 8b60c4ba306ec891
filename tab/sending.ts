import { useRef, useState } from 'react';
import type { Finding } from '../bot/domain/betray-found.ts';
import { type Output, post } from './api.ts';
import { isRefused, type Refused } from './request.ts';

type Sent = Output<'post', '/api/ask'>;
export type Receipt = Extract<Sent, { sent: true }>;

/** What came of an attempt to send a form. */
export interface Sending {
  readonly isActing: boolean;
  readonly no: Refused | undefined;
  /** What the form asks about before it sends. */
  readonly found: readonly Finding[];
  /** Gives the receipt once it was sent; nothing where it was not, and why stands in `no` or `found`. */
  readonly send: (act: (form: Form) => Promise<Sent | Refused>) => Promise<Receipt | undefined>;
}

/** What every form sends beside its words. */
export interface Form {
  readonly submission: string;
  readonly shown: string[];
}

/**
 * Sends a form: with an id that the server made, the same for each attempt, so that one that came through although nobody was
 * told counts once; and with the kinds of findings that were shown.
 */
export function useSending(): Sending {
  const submission = useRef<string>(undefined);
  const shown = useRef(new Set<string>());
  const [isActing, begin] = useState(false);
  const [no, refuse] = useState<Refused>();
  const [found, find] = useState<readonly Finding[]>([]);

  async function attempt(act: (form: Form) => Promise<Sent | Refused>): Promise<Sent | Refused> {
    if (submission.current === undefined) {
      const opened = await post('/api/forms', {});
      if (isRefused(opened)) return opened;
      submission.current = opened.submission;
    }
    return act({ submission: submission.current, shown: [...shown.current] });
  }

  return {
    isActing,
    no,
    found,
    async send(act) {
      begin(true);
      const answer = await attempt(act);
      begin(false);
      refuse(isRefused(answer) ? answer : undefined);
      if (isRefused(answer)) return undefined;
      find(answer.sent ? [] : answer.found);
      if (!answer.sent) for (const { kind } of answer.found) shown.current.add(kind);
      if (!answer.sent) return undefined;
      submission.current = undefined;
      return answer;
    },
  };
}
