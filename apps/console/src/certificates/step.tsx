import type { ReactNode } from 'react';
import styles from './certificate.module.css';

/** One of the numbered steps on the way to a certificate or a key. */
export function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li className={styles.step}>
      <div className={styles.stepBody}>
        <h3 className={styles.stepTitle}>{title}</h3>
        {children}
      </div>
    </li>
  );
}
