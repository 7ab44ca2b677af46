import { Button } from '@mantine/core';
import type { GoogleWalletState } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from '../certificates/certificate.module.css';
import facts from '../certificates/credential-card.module.css';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { ProblemList } from '../certificates/problem-list.tsx';
import { Figures } from '../ui/figures.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { GoogleDesigns } from './designs.tsx';
import { GoogleForm } from './google-form.tsx';
import { GoogleNotes } from './notes.tsx';
import { useCheckGoogle, useSwitchGoogle } from './queries.ts';

type Credential = NonNullable<GoogleWalletState['credential']>;
type ConnectedProps = { readonly state: GoogleWalletState; readonly credential: Credential };

export function ConnectedGoogle({ state, credential }: ConnectedProps) {
  const { t } = useTranslation('google');
  const [replacing, setReplacing] = useState(false);
  return (
    <>
      <GoogleNotes state={state} />
      <div className={styles.block}>
        <Facts state={state} credential={credential} />
      </div>
      <div className={styles.block}>
        <Connection />
      </div>
      <div className={styles.block}>
        <ButtonSwitch credential={credential} />
      </div>
      <h2 className={styles.sectionTitle}>{t('cards.title')}</h2>
      <div className={styles.block}>
        <Counts cards={state.cards} />
      </div>
      <h2 className={styles.sectionTitle}>{t('designs.title')}</h2>
      <div className={styles.block}>
        <GoogleDesigns classes={state.classes} />
      </div>
      {replacing ? (
        <GoogleForm
          issuerId={credential.issuerId}
          onDone={() => setReplacing(false)}
          onCancel={() => setReplacing(false)}
        />
      ) : (
        <Button variant="default" onClick={() => setReplacing(true)}>
          {t('form.replace')}
        </Button>
      )}
    </>
  );
}

function Facts({ state, credential }: ConnectedProps) {
  const { t } = useTranslation('google');
  return (
    <dl className={facts.facts}>
      <div>
        <dt>{t('facts.issuer')}</dt>
        <dd className="mono">{credential.issuerId}</dd>
      </div>
      <div>
        <dt>{t('facts.checked')}</dt>
        <dd>{credential.checkedAt ? <Moment at={credential.checkedAt} /> : t('facts.never')}</dd>
      </div>
      <div className={facts.wide}>
        <dt>{t('facts.account')}</dt>
        <dd className="mono">{credential.accountEmail}</dd>
      </div>
      <div className={facts.wide}>
        <dt>{t('facts.key')}</dt>
        <dd className="mono">{credential.keyId}</dd>
      </div>
      <div className={facts.wide}>
        <dt>{t('facts.callback')}</dt>
        <dd className="mono">{state.callbackUrl}</dd>
      </div>
    </dl>
  );
}

/** Tried for real, told in words. */
function Connection() {
  const { t } = useTranslation('google');
  const check = useCheckGoogle();
  const { data } = check;
  return (
    <div className={styles.form}>
      <div>
        <Button size="md" loading={check.isPending} onClick={() => check.mutate()}>
          {t('check')}
        </Button>
      </div>
      {check.isError && <Refused error={check.error} />}
      <div role="status">
        {data?.outcome === 'works' && <Mark tone="good">{data.message}</Mark>}
        {data && data.outcome !== 'works' && (
          <ProblemList
            problems={[
              { code: data.outcome, severity: data.outcome === 'away' ? 'warning' : 'error', message: data.message },
            ]}
          />
        )}
      </div>
    </div>
  );
}

function ButtonSwitch({ credential }: { readonly credential: Credential }) {
  const { t } = useTranslation('google');
  const change = useSwitchGoogle();
  return (
    <>
      <Tick
        label={t('button.label')}
        hint={t('button.hint')}
        checked={change.isPending ? change.variables.enabled : credential.enabled}
        disabled={change.isPending}
        onChange={(enabled) => change.mutate({ enabled })}
      />
      {change.isError && <Refused error={change.error} />}
    </>
  );
}

function Counts({ cards }: Pick<GoogleWalletState, 'cards'>) {
  const { t } = useTranslation('google');
  const format = useFormat();
  return (
    <Figures
      figures={(['cards', 'installed', 'waiting', 'refused'] as const).map((name) => ({
        name: t(`cards.${name}`),
        value: format.count(cards[name]),
        bad: name === 'refused' && cards.refused > 0,
      }))}
    />
  );
}
