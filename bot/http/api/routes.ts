import { answers } from './answers.ts';
import { asking } from './ask.ts';
import { boardRoutes } from './board.ts';
import { curation } from './curation.ts';
import { exporting } from './export.ts';
import { leaders } from './leaders.ts';
import { me } from './me.ts';
import { myQuestions } from './mine.ts';
import { openToVote } from './open-questions.ts';
import { planner } from './planner.ts';
import { publishing } from './publishing.ts';
import { questionRoutes } from './question.ts';
import { register } from './register.ts';
import type { AnyRoute } from './route.ts';
import { settings } from './settings.ts';

/** Every route of the desk: a file per page, each with one import and one line here. */
export const routes = [
  // In the order of the files.
  ...answers,
  ...asking,
  ...boardRoutes,
  ...curation,
  ...exporting,
  ...leaders,
  ...me,
  ...myQuestions,
  ...openToVote,
  ...planner,
  ...publishing,
  ...questionRoutes,
  ...register,
  ...settings,
] as const satisfies readonly AnyRoute[];
export type Routes = typeof routes;
