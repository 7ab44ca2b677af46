import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';

type FilterBarProps = {
  /** What is chosen here, for who does not see it. */
  readonly name: string;
  readonly children: ReactNode;
};

/** Fields in a row above a list or a plot that say what of it is shown. */
export function FilterBar({ name, children }: FilterBarProps) {
  return (
    <fieldset className={styles.bar}>
      <legend hidden>{name}</legend>
      {children}
    </fieldset>
  );
}
