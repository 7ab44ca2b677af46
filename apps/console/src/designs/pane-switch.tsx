import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CardPicture } from '@tessera/contract';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CardView } from '../ui/card-view.tsx';
import styles from './pane-switch.module.css';

type PaneSwitchProps = {
  /** The card as it is being typed; absent until the first answer. */
  readonly card: CardPicture | undefined;
  /** What is wrong stands beside the card: said here while the form is shown. */
  readonly alarm: ReactNode;
};

/**
 * Where there is no room for both, on a phone, the form and the card take turns. The switch stays at the top while the form
 * is scrolled and carries the card itself, small; who comes back finds the form where he left it.
 */
export function PaneSwitch({ card, alarm }: PaneSwitchProps) {
  const { t } = useTranslation('designs');
  const { show } = useSearch({ from: '/rooms/designs/$designId' });
  const navigate = useNavigate({ from: '/designs/$designId' });
  const bar = useRef<HTMLDivElement>(null);
  const leftAt = useRef<number>(undefined);
  useEffect(() => {
    if (leftAt.current === undefined) return;
    if (show === 'card') bar.current?.parentElement?.scrollIntoView();
    else scrollTo({ top: leftAt.current });
  }, [show]);
  const turn = (next: string): void => {
    if (next === 'card') leftAt.current = scrollY;
    const search = { show: next === 'card' ? ('card' as const) : undefined };
    void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  };
  const small = card && (
    <span className={styles.small} aria-hidden="true">
      <CardView picture={card} size="thumbnail" />
    </span>
  );
  return (
    <div ref={bar} className={styles.bar}>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t('pane.name')}
        value={show ?? 'form'}
        onChange={turn}
        data={[
          { value: 'form', label: <span className={styles.pane}>{t('pane.form')}</span> },
          {
            value: 'card',
            label: (
              <span className={styles.pane}>
                {small}
                <span>{t('pane.card')}</span>
                {alarm}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
