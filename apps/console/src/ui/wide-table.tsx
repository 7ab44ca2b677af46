import type { ReactNode } from 'react';
import styles from './wide-table.module.css';

type WideTableProps = { readonly label: string; readonly children: ReactNode };

/** The place of a table that may be wider than the page: keys reach it, so that it can be moved without a finger. */
export function WideTable({ label, children }: WideTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className={styles.wide} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
