import { useState } from 'react';

const STORED = 'tessera.typed.';

/** Whether what was kept still has the form's shape: another version of the page may have kept it. */
function fits<Typed extends object>(kept: unknown, start: Typed): kept is Typed {
  if (typeof kept !== 'object' || kept === null) return false;
  return Object.entries(start).every(([name, value]) => {
    const other: unknown = (kept as Record<string, unknown>)[name];
    return typeof other === typeof value && Array.isArray(other) === Array.isArray(value);
  });
}

function read<Typed extends object>(name: string, start: Typed): Typed {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORED + name) ?? 'null');
    return fits(kept, start) ? kept : start;
  } catch {
    return start; // forbidden storage, or spoilt: the form begins anew
  }
}

function write(name: string, value: object | undefined): void {
  try {
    if (value) sessionStorage.setItem(STORED + name, JSON.stringify(value));
    else sessionStorage.removeItem(STORED + name);
  } catch {
    // Forbidden storage: what is typed lives as long as the page.
  }
}

/** Forgets what everybody has typed in this tab: the next one to sign in may be another person. */
export function forgetTyped(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(STORED)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept there either.
  }
}

/**
 * What is being typed into a form, under a name of its own: it survives going away and coming back, in this tab.
 * Never for secrets: passwords and PINs are not kept. A change that comes later than its reason, such as an answer of the
 * server, is given as a function of what stands there by then.
 */
export function useKept<Typed extends object>(name: string, start: Typed) {
  const [value, setValue] = useState(() => read(name, start));
  const change = (part: Partial<Typed> | ((before: Typed) => Partial<Typed>)): void =>
    setValue((before) => {
      const next = { ...before, ...(typeof part === 'function' ? part(before) : part) };
      write(name, next);
      return next;
    });
  const forget = (): void => write(name, undefined);
  return { value, change, forget };
}
