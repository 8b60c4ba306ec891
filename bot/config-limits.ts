/** The settings that are numbers. */
interface Numbers {
  readonly limits: { readonly questions: number; readonly votes: number };
  readonly mixing: { readonly size: number; readonly minutes: number };
  readonly noticeMinutes: number;
  readonly keepDays: { readonly afterClose: number; readonly atMost: number };
}

type Need = (holds: boolean, remedy: string) => void;

/** A person's places in the day's count are looked up one by one. */
const MOST_A_DAY = 1000;

export function needLimits({ limits }: Numbers, need: Need): void {
  const isLimit = (limit: number) => Number.isInteger(limit) && limit <= MOST_A_DAY;
  const remedy = `Set a number from 1 to ${MOST_A_DAY}, or 0 for no limit.`;
  need(isLimit(limits.questions), `QUESTIONS_A_DAY is not how many questions one person may ask a day. ${remedy}`);
  need(isLimit(limits.votes), `VOTES_A_DAY is not how many votes one person may give a day. ${remedy}`);
}

/** What waits is opened at each look. */
const MOST_MIXED = 100;
const DAY_MINUTES = 24 * 60;

/** Beyond ten years nobody means to forget. */
const MOST_DAYS = 3650;

export function needKeepDays({ keepDays: { afterClose, atMost } }: Numbers, need: Need): void {
  const isDays = (days: number) => Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
  need(
    isDays(atMost),
    `KEEP_DAYS_AT_MOST is not how many days keys are kept. Set a whole number from 1 to ${MOST_DAYS}, such as 90.`,
  );
  need(
    isDays(afterClose) && (afterClose <= atMost || !isDays(atMost)),
    'KEEP_DAYS_AFTER_CLOSE is not how many days keys are kept. Set a whole number from 1 to KEEP_DAYS_AT_MOST, such as 30.',
  );
}

export function needMixing({ mixing, noticeMinutes }: Numbers, need: Need): void {
  const isWait = (minutes: number) => Number.isInteger(minutes) && minutes <= DAY_MINUTES;
  const remedy = `Set minutes from 1 to ${DAY_MINUTES}, or 0 for at once.`;
  need(
    Number.isInteger(mixing.size) && mixing.size >= 1 && mixing.size <= MOST_MIXED,
    `MIX_SIZE is not how many questions enter together. Set a number from 2 to ${MOST_MIXED}, or 1 for each by itself.`,
  );
  need(isWait(mixing.minutes), `MIX_MINUTES is not how long a question waits for others. ${remedy}`);
  need(isWait(noticeMinutes), `NOTICE_MINUTES is not how long notices wait for each other. ${remedy}`);
}
