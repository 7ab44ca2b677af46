import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../app/company.ts';
import { Icon } from './icon.tsx';
import styles from './page.module.css';

export type PageProps = {
  /** The heading, and the name of the browser's tab. */
  readonly title: string;
  /** One quiet line under the heading. */
  readonly lead?: ReactNode;
  /** The one main action. */
  readonly action?: ReactNode;
  /** Where the page belongs to. */
  readonly back?: {
    readonly to:
      | '/accounts'
      | '/tills/cards'
      | '/referral'
      | '/receipts'
      | '/programmes'
      | '/coupons'
      | '/coupons/certificates'
      | '/imports'
      | '/campaigns'
      | '/passes'
      | '/passes/operations'
      | '/coalition'
      | '/designs'
      | '/forms'
      | '/sets'
      | '/certificates';
    readonly label: string;
  };
  /** Where else in this room one can go. */
  readonly tabs?: ReactNode;
  /** Keeps long texts and forms readable. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
};

/** The frame of every page: heading, tab title, main action, content. */
export function Page({ title, lead, action, back, tabs, narrow = false, children }: PageProps) {
  const { company } = useSession();
  return (
    <div className={narrow ? styles.narrow : styles.page}>
      <title>{`${title} — ${company.name}`}</title>
      {back && (
        <Link to={back.to} className={styles.back}>
          <Icon name="back" size={16} />
          {back.label}
        </Link>
      )}
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {action && <div className={styles.action}>{action}</div>}
      </header>
      {tabs}
      {children}
    </div>
  );
}
