import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { PassDetail } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { CardView } from '../ui/card-view.tsx';
import { CopyText } from '../ui/forms/copy.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { EndOfCard } from './end-of-card.tsx';
import { NewNumber } from './new-number.tsx';
import { OwnEditor } from './own-editor.tsx';
import styles from './passes.module.css';
import { passQuery } from './queries.ts';

/** One card: as the guest sees it, whose it is, on which phones, and what is its own. */
export function PassPage() {
  const { t } = useTranslation('passes');
  const { passId } = useParams({ from: '/rooms/passes/$passId' });
  const pass = useQuery(passQuery(passId));
  const back = { to: '/passes', label: t('title') } as const;
  if (pass.isPending) {
    return (
      <Page title={t('one.title')} back={back}>
        <SkeletonBlock height={420} />
      </Page>
    );
  }
  if (pass.isError && !pass.data) {
    const gone = pass.error instanceof ApiError && pass.error.status === 404;
    return (
      <Page title={t('one.title')} back={back}>
        <Failed error={pass.error} {...(gone ? {} : { onRetry: () => void pass.refetch() })} />
      </Page>
    );
  }
  const { data } = pass;
  return (
    <Page title={data.serial} back={back} lead={<Lead pass={data} />}>
      <div className={styles.columns}>
        <section className={styles.look} aria-label={t('one.look')}>
          <CardView picture={data.picture} />
        </section>
        <div className={styles.facts}>
          <Owner pass={data} />
          <Links pass={data} />
          <Phones pass={data} />
        </div>
      </div>
      <OwnEditor key={data.revision} pass={data} />
      <EndOfCard pass={data} />
    </Page>
  );
}

function Lead({ pass }: { readonly pass: PassDetail }) {
  const { t } = useTranslation('passes');
  return (
    <>
      <Link to="/designs/$designId" params={{ designId: String(pass.designId) }}>
        {pass.designName}
      </Link>{' '}
      · {t('one.made')} <Moment at={pass.createdAt} as="day" />{' '}
      {pass.voided && <Mark tone="bad">{t('state.voided')}</Mark>}
    </>
  );
}

function Owner({ pass }: { readonly pass: PassDetail }) {
  const { t } = useTranslation(['passes', 'console']);
  const format = useFormat();
  const { owner, range } = pass;
  const params = { accountId: String(owner.accountId) };
  return (
    <section className={styles.block}>
      <h2>{t('passes:one.owner')}</h2>
      <p className={styles.name}>
        <Link to="/accounts/$accountId" params={params}>
          {owner.name || t('console:accounts.nameless')}
        </Link>
      </p>
      <p className="quiet">
        {owner.phone !== null && <>{format.phone(owner.phone)} · </>}
        {owner.level} · {format.points(owner.points)}
      </p>
      <p className={styles.ways}>
        <Link to="/accounts/$accountId/entries" params={params}>
          {t('passes:one.entries')}
        </Link>
        <Link to="/accounts/$accountId/checks" params={params}>
          {t('passes:one.checks')}
        </Link>
        {range && (
          <Link to="/tills/cards/$rangeId" params={{ rangeId: String(range.rangeId) }}>
            {t('passes:one.range', { name: range.name })}
          </Link>
        )}
      </p>
    </section>
  );
}

function Links({ pass }: { readonly pass: PassDetail }) {
  const { t } = useTranslation('passes');
  return (
    <section className={styles.block} id="links">
      <h2>{t('one.links')}</h2>
      <div className={styles.linkRow}>
        <img
          className={styles.qr}
          src={`data:image/svg+xml,${encodeURIComponent(pass.links.qr)}`}
          width={116}
          height={116}
          alt={t('one.qr')}
        />
        <div className={styles.linkTexts}>
          <CopyText text={pass.links.page} />
          <p className={styles.ways}>
            <a href={pass.links.page} target="_blank" rel="noreferrer">
              {t('one.openPage')}
            </a>
            <a href={pass.links.file}>{t('one.file')}</a>
          </p>
        </div>
      </div>
    </section>
  );
}

function Phones({ pass }: { readonly pass: PassDetail }) {
  const { t } = useTranslation(['passes', 'console']);
  const format = useFormat();
  const { devices, google, sharing, versions } = pass;
  const many = sharing.devices > sharing.devicesMax;
  const counted = t('passes:sharing.devices', {
    count: sharing.devices,
    number: format.count(sharing.devices),
    most: format.count(sharing.devicesMax),
  });
  return (
    <section className={styles.block}>
      <h2>{t('passes:one.phones')}</h2>
      {devices.length === 0 && !google?.installed && <p className="quiet">{t('passes:phones.none')}</p>}
      <ul className={styles.phoneList}>
        {devices.map((device) => (
          <li key={device.fingerprint}>
            <span>
              {t(`console:devices.platforms.${device.platform}`, device.platform)}{' '}
              <span className="mono quiet">{device.fingerprint}</span>
            </span>
            <span className="quiet">
              {t('passes:one.seen')} <Moment at={device.lastSeenAt} /> · {t(`passes:phones.holds.${device.holds}`)}
            </span>
          </li>
        ))}
        {google && (
          <li>
            <span>
              {t('passes:phones.google')}{' '}
              {google.problem !== null && <Mark tone="bad">{t('passes:one.googleProblem')}</Mark>}
            </span>
            <span className="quiet">{google.installed ? t('passes:one.saved') : t('passes:one.notSaved')}</span>
          </li>
        )}
      </ul>
      <p className="small quiet">
        {t('passes:one.version', { number: versions.current })} <Moment at={versions.updatedAt} />
      </p>
      {sharing.devices > 0 && (
        <p>
          {many ? <Mark tone="warning">{counted}</Mark> : counted}
          {sharing.prohibited && <span className="quiet"> · {t('passes:sharing.prohibited')}</span>}
        </p>
      )}
      <NewNumber key={pass.guid} guid={pass.guid} ended={pass.voided} />
    </section>
  );
}
