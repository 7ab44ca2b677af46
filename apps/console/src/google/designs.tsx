import type { GoogleWalletState } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import list from '../certificates/certificates-page.module.css';
import styles from '../certificates/credential-card.module.css';
import { ProblemList } from '../certificates/problem-list.tsx';
import { Mark, type Tone } from '../ui/mark.tsx';

type GoogleClass = GoogleWalletState['classes'][number];

const words = ['UNDER_REVIEW', 'APPROVED', 'REJECTED', 'DRAFT'] as const;
const tones: Record<string, Tone> = { UNDER_REVIEW: 'quiet', APPROVED: 'good', REJECTED: 'bad', DRAFT: 'quiet' };

/** What Google thinks of each design. A refused one lives on as Google had it before. */
export function GoogleDesigns({ classes }: Pick<GoogleWalletState, 'classes'>) {
  const { t } = useTranslation('google');
  if (classes.length === 0) return <p className="quiet">{t('designs.empty')}</p>;
  return (
    <ul className={list.list}>
      {classes.map((design) => (
        <li key={design.designId} className={styles.card}>
          <div className={styles.head}>
            <h3 className={styles.name}>{design.designName}</h3>
            <Review design={design} />
          </div>
          <p className="small quiet">{t('designs.cards', { count: design.cards })}</p>
          {design.problem !== null && (
            <ProblemList problems={[{ code: 'google', severity: 'error', message: design.problem }]} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Review({ design }: { readonly design: GoogleClass }) {
  const { t } = useTranslation('google');
  if (design.problem !== null) return <Mark tone="bad">{t('designs.review.refused')}</Mark>;
  const word = words.find((one) => one === design.reviewStatus);
  return <Mark tone={word ? (tones[word] ?? 'quiet') : 'good'}>{t(`designs.review.${word ?? 'none'}`)}</Mark>;
}
