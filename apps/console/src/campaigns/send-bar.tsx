import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Campaign } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Dialog } from '../designs/dialog.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './campaigns.module.css';
import { isNight } from './draft.ts';
import { type CampaignForm, type PreviewInHand, toldCards } from './use-campaign.ts';

type BarProps = {
  readonly form: CampaignForm;
  readonly inPreview: PreviewInHand;
  readonly onDone: (made: Campaign) => void;
  readonly onLeave: () => void;
};

/** The ways to end the form: for the hour that it names, at once, not at all. */
export function SendBar({ form, inPreview, onDone, onLeave }: BarProps) {
  const { t } = useTranslation('campaigns');
  const { draft, plan, create, check, unplaced } = form;
  const [asks, setAsks] = useState(false);
  const [lacking, setLacking] = useState(false);
  const send = (at: string | null): void => {
    setAsks(false);
    create.mutate({ campaignKey: draft.key, ...plan, at }, { onSuccess: onDone });
  };
  const may = (when: 'now' | 'later'): boolean => {
    const ready = check(when);
    setLacking(!ready);
    return ready;
  };
  return (
    <div className={styles.bar}>
      {lacking && (
        <p role="alert" className={styles.wrong}>
          {t('send.lacking')}
        </p>
      )}
      {unplaced !== null && <Unplaced error={unplaced} />}
      <div className={styles.actions}>
        <Button
          size="md"
          loading={create.isPending && create.variables.at !== null}
          disabled={create.isPending}
          onClick={() => may('later') && send(draft.at)}
        >
          {t('send.later')}
        </Button>
        <Button
          size="md"
          variant="default"
          loading={create.isPending && create.variables.at === null}
          disabled={create.isPending}
          onClick={() => may('now') && setAsks(true)}
        >
          {t('send.now')}
        </Button>
        <Button size="md" variant="subtle" disabled={create.isPending} onClick={onLeave}>
          {t('send.leave')}
        </Button>
      </div>
      {asks && (
        <Confirmation
          inPreview={inPreview}
          isNight={isNight(form.now)}
          onGo={() => send(null)}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  );
}

type ConfirmationProps = {
  readonly inPreview: PreviewInHand;
  readonly isNight: boolean;
  readonly onGo: () => void;
  readonly onClose: () => void;
};

/** The last question names the number of cards, as of this moment. */
function Confirmation({ inPreview, isNight, onGo, onClose }: ConfirmationProps) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const textOf = useErrorText();
  const { preview, fresh, query } = inPreview;
  const cards = preview && fresh ? toldCards(preview) : null;
  return (
    <Dialog title={t('confirm.title')} onClose={onClose}>
      <div className={styles.question}>
        {query.isError ? (
          <p role="alert" className={styles.wrong}>
            {textOf(query.error)}
          </p>
        ) : (
          <p role="status">
            {cards === null && t('confirm.counting')}
            {cards === 0 && t('confirm.nobody')}
            {cards !== null && cards > 0 && t('confirm.cards', { count: cards, number: format.count(cards) })}
          </p>
        )}
        {cards !== 0 && <p className="quiet">{t('confirm.text')}</p>}
        {isNight && <p className={styles.warn}>{t('confirm.night')}</p>}
        <div className={styles.actions}>
          <Button size="md" disabled={!cards} onClick={onGo}>
            {t('confirm.go')}
          </Button>
          <Button size="md" variant="default" onClick={onClose}>
            {t('confirm.leave')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Unplaced({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('campaigns');
  const textOf = useErrorText();
  // The answer was lost, and something was changed since: what was made then stands in the list.
  const isMade = error instanceof ApiError && error.code === 'idempotency_mismatch';
  return (
    <p role="alert" className={styles.wrong}>
      {isMade ? t('send.madeAlready') : textOf(error)} {isMade && <Link to="/campaigns">{t('send.toList')}</Link>}
    </p>
  );
}
