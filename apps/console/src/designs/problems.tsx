import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.tsx';
import { sectionOf } from './problem-place.ts';
import styles from './problems.module.css';
import type { Problem } from './use-designer.ts';

type ProblemsProps = { readonly problems: readonly Problem[]; readonly onGo: (path: string) => void };

/** What phones would refuse or not show, each with the way to its field. */
export function Problems({ problems, onGo }: ProblemsProps) {
  const { t } = useTranslation('designs');
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const sorted = [...errors, ...problems.filter(({ severity }) => severity === 'warning')];
  return (
    <details className={styles.box} open={errors.length > 0}>
      <summary>
        <span role="status">{t('problems.count', { count: problems.length })}</span>
      </summary>
      <ul>
        {sorted.map(({ path, severity, message }) => (
          <li key={`${path} ${message}`} className={styles[severity]}>
            <Icon name={severity === 'error' ? 'bad' : 'warning'} size={16} />
            <button type="button" className={styles.problem} onClick={() => onGo(path)}>
              <span className={styles.place}>{t(`section.${sectionOf(path)}`)}</span>
              {message}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
