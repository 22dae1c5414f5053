import { useEffect, useRef, type RefObject } from "react";

/** Focuses the element once it is there: for what opens because the person asked for it. */
export function useFocus<Target extends HTMLElement>(wanted = true): RefObject<Target | null> {
  const target = useRef<Target>(null);
  useEffect(() => {
    if (wanted) target.current?.focus();
  }, [wanted]);
  return target;
}
