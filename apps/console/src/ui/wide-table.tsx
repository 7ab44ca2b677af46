import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './wide-table.module.css';

type WideTableProps = { readonly label: string; readonly children: ReactNode };

/** The place of a table that may be wider than the page: where it is, keys reach it, so that it can be moved without a finger. */
export function WideTable({ label, children }: WideTableProps) {
  const place = useRef<HTMLElement>(null);
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setWider(box.scrollWidth > box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={place} className={styles.wide} aria-label={label} tabIndex={wider ? 0 : undefined}>
      {children}
    </section>
  );
}
