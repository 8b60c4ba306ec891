import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** A thread in somebody's hand, by pointer or by keyboard. */
export interface Carried {
  readonly question: string;
  readonly words: string;
  /** Where it was planned before. */
  readonly from?: number;
}

export interface Carrying {
  readonly carried: Carried | undefined;
  /** The free Slot under the pointer. */
  readonly over: number | undefined;
  /** What follows the pointer, shown while something is dragged. */
  readonly ghost: RefObject<HTMLDivElement | null>;
  readonly isDragged: boolean;
  readonly pickUp: (carried: Carried) => void;
  readonly cancel: () => void;
  /** For `onPointerDown`: a pointer that moves away drags. Fingers scroll; they tap instead. */
  readonly grab: (carried: Carried) => (event: PointerEvent) => void;
}

/** So far a hand trembles without meaning to drag. */
const TREMBLE_PX = 6;

const slotAt = (x: number, y: number): number | undefined => {
  const slot = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-free]')?.dataset['free'];
  return slot === undefined ? undefined : Number(slot);
};

export function useCarrying(drop: (carried: Carried, at: number) => void): Carrying {
  const [carried, carry] = useState<Carried>();
  const [over, hover] = useState<number>();
  const [isDragged, drag] = useState(false);
  const ghost = useRef<HTMLDivElement>(null);
  const end = useRef<() => void>(undefined);
  const cancel = (): void => {
    carry(undefined);
    hover(undefined);
    drag(false);
  };
  useEffect(() => {
    if (carried === undefined) return undefined;
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') cancel();
    };
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, [carried]);
  useEffect(() => () => end.current?.(), []);

  const grab =
    (wanted: Carried) =>
    ({ clientX, clientY, button, pointerType }: PointerEvent): void => {
      if (button !== 0 || pointerType === 'touch') return;
      let moves = false;
      const move = (event: globalThis.PointerEvent): void => {
        moves ||= Math.hypot(event.clientX - clientX, event.clientY - clientY) > TREMBLE_PX;
        if (!moves) return;
        event.preventDefault();
        carry(wanted);
        drag(true);
        hover(slotAt(event.clientX, event.clientY));
        ghost.current?.style.setProperty('translate', `${event.clientX + 8}px ${event.clientY + 8}px`);
      };
      const up = (event: globalThis.PointerEvent): void => {
        end.current?.();
        if (!moves) return;
        swallowClick();
        const at = slotAt(event.clientX, event.clientY);
        cancel();
        if (at !== undefined) drop(wanted, at);
      };
      end.current = () => {
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', up);
        removeEventListener('pointercancel', up);
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', up);
    };
  return { carried, over, ghost, isDragged, pickUp: carry, cancel, grab };
}

const swallow = (event: MouseEvent): void => {
  event.preventDefault();
  event.stopPropagation();
};

/** What was dragged was not pressed. */
function swallowClick(): void {
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }));
}
