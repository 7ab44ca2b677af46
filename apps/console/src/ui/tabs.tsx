import { Link } from '@tanstack/react-router';
import styles from './tabs.module.css';

type Tab = {
  readonly key: string;
  readonly label: string;
  readonly search: Record<string, string>;
  readonly current: boolean;
};
type TabsProps = {
  readonly to: '/referral' | '/receipts' | '/designs';
  readonly label: string;
  readonly tabs: readonly Tab[];
};

/** Filters of a list as links: they live in the address, so that Back works and an address can be sent. */
export function Tabs({ to, label, tabs }: TabsProps) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to={to}
          search={tab.search}
          className={tab.current ? styles.here : styles.tab}
          aria-current={tab.current ? 'page' : undefined}
          activeProps={{}}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
