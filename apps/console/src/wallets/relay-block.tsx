import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from '../certificates/certificate.module.css';
import facts from '../certificates/credential-card.module.css';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { Figures } from '../ui/figures.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { Moment } from '../ui/moment.tsx';
import { useSaveRelay } from './queries.ts';
import { type Relay, RelayMark } from './relay-mark.tsx';
import blocks from './wallets.module.css';

/** One relay: its switch, its key, and how it goes. */
export function RelayBlock({ relay }: { readonly relay: Relay }) {
  const { t } = useTranslation('wallets');
  const save = useSaveRelay(relay.kind);
  const needsKey = relay.key === 'needed' && !relay.hasKey;
  return (
    <section className={blocks.relay}>
      <div className={facts.head}>
        <h2 className={facts.name}>{t(`names.${relay.kind}`)}</h2>
        <RelayMark relay={relay} />
      </div>
      <p>{t(`about.${relay.kind}`)}</p>
      {relay.enabled && relay.trouble && <p role="status">{t(`trouble.${relay.trouble}`)}</p>}
      <Tick
        label={t('use')}
        hint={needsKey && t('keyFirst')}
        checked={relay.enabled}
        disabled={save.isPending || (needsKey && !relay.enabled)}
        onChange={(enabled) => save.mutate({ enabled })}
      />
      {relay.key !== 'none' && <KeyForm relay={relay} save={save} />}
      {save.isError && <Refused error={save.error} />}
      <RelayFigures relay={relay} />
    </section>
  );
}

type KeyFormProps = { readonly relay: Relay; readonly save: ReturnType<typeof useSaveRelay> };

/** The key goes in and never comes out again. */
function KeyForm({ relay, save }: KeyFormProps) {
  const { t } = useTranslation('wallets');
  const [key, setKey] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ enabled: true, key: key.trim() }, { onSuccess: () => setKey('') });
  };
  return (
    <form className={blocks.key} onSubmit={submit}>
      <PasswordInput
        className={blocks.keyField}
        name={`key-${relay.kind}`}
        label={t(relay.hasKey ? 'key.replace' : 'key.enter')}
        description={t(`key.hint.${relay.kind}`)}
        placeholder={relay.hasKey ? t('key.kept') : ''}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        maxLength={500}
        autoComplete="off"
        size="md"
      />
      <div className={styles.ways}>
        <Button type="submit" disabled={key.trim() === ''} loading={save.isPending}>
          {t('key.save')}
        </Button>
        {relay.hasKey && (
          <Button
            variant="default"
            loading={save.isPending}
            onClick={() => save.mutate({ enabled: relay.enabled && relay.key !== 'needed', key: null })}
          >
            {t('key.forget')}
          </Button>
        )}
      </div>
    </form>
  );
}

function RelayFigures({ relay }: { readonly relay: Relay }) {
  const { t } = useTranslation('wallets');
  const format = useFormat();
  return (
    <Figures
      figures={[
        { name: t('figures.devices'), value: format.count(relay.devices) },
        { name: t('figures.waiting'), value: format.count(relay.waiting) },
        {
          name: t('figures.acceptedAt'),
          value: relay.acceptedAt ? <Moment at={relay.acceptedAt} /> : t('figures.never'),
        },
      ]}
    />
  );
}
