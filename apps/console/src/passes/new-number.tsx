import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReplacedCard } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { GuestLink } from '../ui/guest-link.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './new-number.module.css';

type NewNumberProps = {
  readonly guid: string;
  /** It has none to be replaced; the one that was replaced here a moment ago still tells of its new number. */
  readonly ended?: boolean;
};

/** A card that others hold too gets a new number: asked about once, then the guest's new link. */
export function NewNumber({ guid, ended = false }: NewNumberProps) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const replace = useMutation({
    mutationFn: () => request<ReplacedCard>('/card-sharing/replacements', { method: 'POST', body: { guid } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['passes'] }),
  });
  if (replace.data) return <Given card={replace.data} />;
  if (ended) return null;
  if (!asking) {
    return (
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('newNumber.open')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.question}>
      <p>{t('newNumber.ask')}</p>
      <div className={styles.buttons}>
        <Button loading={replace.isPending} onClick={() => replace.mutate()}>
          {t('newNumber.go')}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          {t('cancel')}
        </Button>
      </div>
      {replace.isError && (
        <p className={styles.wrong} role="alert">
          {textOf(replace.error)}
        </p>
      )}
    </div>
  );
}

function Given({ card }: { readonly card: ReplacedCard }) {
  const { t } = useTranslation('passes');
  return (
    <GuestLink url={card.url} qr={card.qr} alt={t('newNumber.qr')} lead={t('newNumber.done')}>
      <p>
        <Link to="/passes/$passId" params={{ passId: String(card.passId) }}>
          {t('newNumber.card', { serial: card.serial })}
        </Link>
      </p>
    </GuestLink>
  );
}
