import { type ReactNode, useEffect, useState } from 'react';

const SHOW_AFTER_MS = 300;

/** Shows a skeleton only when the answer takes long enough to be noticed; until then an equal, quiet space. */
export function Delayed({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return <div style={{ visibility: shown ? 'visible' : 'hidden' }}>{children}</div>;
}
