import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';

/** In memory alone: what somebody is writing is nobody's business before they send it, and goes with the tab. */
const typed = new Map<string, unknown>();

/** State that outlives its page: who looks something up on another one finds their words again. */
export function useTyped<Value>(key: string, initial: Value): [Value, Dispatch<SetStateAction<Value>>] {
  const [value, set] = useState<Value>(() => (typed.has(key) ? (typed.get(key) as Value) : initial));
  useEffect(() => void typed.set(key, value), [key, value]);
  return [value, set];
}
