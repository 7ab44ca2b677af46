import type { ReactNode } from 'react';
import styles from './figures.module.css';

/** One figure: what is counted, and how many. `bad` where somebody has to look at it. */
export type Figure = { readonly name: string; readonly value: ReactNode; readonly bad?: boolean };

/** A few figures side by side, as many to a row as there is room for, their values on one line. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, bad = false }) => (
        <div key={name} className={bad ? styles.bad : undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
