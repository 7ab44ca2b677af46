import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.tsx';
import styles from './problem-list.module.css';

/** `severity` decides sign and colour; the sentence is the server's, in the reader's language. */
export type Problem = { readonly code: string; readonly severity: 'error' | 'warning'; readonly message: string };

/** What is wrong, one sentence each, the grave ones first. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  const inOrder = [...problems].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  return (
    <ul className={styles.list} aria-label={t('certificates.problems')}>
      {inOrder.map((problem) => (
        <li key={`${problem.code} ${problem.message}`} className={styles[problem.severity]}>
          <Icon name={problem.severity === 'error' ? 'bad' : 'warning'} />
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}
