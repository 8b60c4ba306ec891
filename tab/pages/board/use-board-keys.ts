import { useRef } from 'react';
import { go } from '../../route.tsx';
import { leaveFor } from './came-from.ts';
import type { ColumnHandle } from './column.tsx';
import { useKeys } from './keys.ts';
import type { Row, Stage } from './rows.ts';

interface Board {
  readonly handles: Readonly<Record<Stage, { readonly current: ColumnHandle | null }>>;
  /** Those that are shown. */
  readonly stages: readonly Stage[];
  readonly choose: (row: Row) => void;
  readonly publish: (when: 'now' | 'next', current?: Row) => void;
  readonly search: () => void;
  readonly help: () => void;
}

interface At {
  readonly stage: Stage;
  readonly row: number;
}

/** j and k go down and up, h and l to the next column; the row that they come to has the focus. */
export function useBoardKeys(isOn: boolean, board: Board): void {
  const last = useRef<At>(undefined);
  const rowsOf = (stage: Stage): readonly Row[] => board.handles[stage].current?.rows() ?? [];
  /** Where the focus is, else where it was. */
  const current = (): (At & { question: Row }) | undefined => {
    const id = document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset['question'];
    for (const stage of board.stages) {
      const rows = rowsOf(stage);
      const row = id === undefined ? -1 : rows.findIndex(({ question }) => question === id);
      const question = rows[row];
      if (question) return { stage, row, question };
    }
    const question = last.current && rowsOf(last.current.stage)[last.current.row];
    return last.current && question && { ...last.current, question };
  };
  const moveTo = (stage: Stage | undefined, row: number): boolean => {
    if (stage === undefined) return false;
    const at = Math.max(0, Math.min(row, rowsOf(stage).length - 1));
    if (rowsOf(stage).length === 0) return false;
    last.current = { stage, row: at };
    board.handles[stage].current?.focus(at);
    return true;
  };
  const down = (by: number): boolean => {
    const at = current();
    return at === undefined
      ? moveTo(
          board.stages.find((stage) => rowsOf(stage).length > 0),
          0,
        )
      : moveTo(at.stage, at.row + by);
  };
  const across = (by: number): boolean => {
    const at = current();
    const from = at === undefined ? -1 : board.stages.indexOf(at.stage);
    const rest = by > 0 ? board.stages.slice(from + 1) : board.stages.slice(0, Math.max(0, from)).toReversed();
    return moveTo(
      rest.find((stage) => rowsOf(stage).length > 0),
      at?.row ?? 0,
    );
  };
  const open = (): boolean => {
    const { activeElement } = document;
    // A link or button that has the focus knows what to do.
    if (activeElement instanceof HTMLElement && activeElement.matches('a, button, input, [role=tab]')) return false;
    const at = current();
    if (at) {
      leaveFor(at.question.question);
      go({ page: 'q', id: at.question.question });
    }
    return at !== undefined;
  };
  const keys: Readonly<Record<string, () => boolean>> = {
    j: () => down(1),
    k: () => down(-1),
    l: () => across(1),
    h: () => across(-1),
    Enter: open,
    x: () => done(() => choose(board, current()?.question)),
    p: () => done(() => board.publish('now', current()?.question)),
    s: () => done(() => board.publish('next', current()?.question)),
    '/': () => done(board.search),
    '?': () => done(board.help),
  };
  useKeys(isOn, (key) => keys[key]?.() ?? false);
}

/** The key was meant for the board. */
const done = (act: () => void): boolean => {
  act();
  return true;
};

const choose = (board: Board, row: Row | undefined): void => {
  if (row) board.choose(row);
};
