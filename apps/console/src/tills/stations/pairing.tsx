import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Station, StationPairing } from '@tessera/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverClock } from '../../app/server-clock.ts';
import { CopyText } from '../../ui/forms/copy.tsx';
import { Mark } from '../../ui/mark.tsx';
import { SkeletonBlock } from '../../ui/skeleton-rows.tsx';
import { Failed } from '../../ui/states.tsx';
import styles from '../tills.module.css';
import { stationsQuery, usePairing } from './queries.ts';

type PairingProps = { readonly station: Station; readonly onClose: () => void };

/**
 * The QR code for one device: it works once, for as long as the clock beside it runs. As soon as a device has taken it the
 * page says so by itself.
 */
export function Pairing({ station, onClose }: PairingProps) {
  const { t } = useTranslation('tills');
  const [pairedBefore] = useState(station.pairedAt);
  const done = station.paired && station.pairedAt !== pairedBefore;
  useQuery(stationsQuery(!done));
  const { mutate: begin, data: pairing, error } = usePairing(station.stationId);
  useEffect(() => begin(), [begin]);
  return (
    <section className={styles.pairing} aria-label={t('pairing.title', { name: station.name })}>
      <div role="status">
        {done && <Mark tone="good">{t('pairing.done', { device: station.deviceName || station.name })}</Mark>}
      </div>
      {!done && error && <Failed error={error} onRetry={begin} />}
      {!done && !error && (pairing ? <Code pairing={pairing} again={begin} /> : <SkeletonBlock height={240} />)}
      {!done && station.paired && <p className="small quiet">{t('pairing.other')}</p>}
      <div>
        <Button variant="default" onClick={onClose}>
          {done ? t('pairing.close') : t('cancel')}
        </Button>
      </div>
    </section>
  );
}

type CodeProps = { readonly pairing: StationPairing; readonly again: () => void };

function Code({ pairing, again }: CodeProps) {
  const { t } = useTranslation('tills');
  const left = useSecondsUntil(pairing.expiresAt);
  if (left <= 0) {
    return (
      <div className={styles.stack}>
        <p>{t('pairing.over')}</p>
        <div>
          <Button onClick={again}>{t('pairing.again')}</Button>
        </div>
      </div>
    );
  }
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <div className={styles.code}>
      <img className={styles.qr} src={`data:image/svg+xml,${encodeURIComponent(pairing.qr)}`} alt={t('pairing.qr')} />
      <div className={styles.stack}>
        <ol className={styles.steps}>
          <li>{t('pairing.step1')}</li>
          <li>{t('pairing.step2')}</li>
          <li>{t('pairing.step3')}</li>
        </ol>
        <p role="timer" className="quiet">
          {t('pairing.left', { time: clock })}
        </p>
        <details>
          <summary>{t('pairing.byAddress')}</summary>
          <CopyText text={pairing.url} />
        </details>
      </div>
    </div>
  );
}

const secondsUntil = (instant: string): number =>
  Math.max(0, Math.ceil((Date.parse(instant) - serverClock.now()) / 1000));

/** Whole seconds until an instant of the server's clock; 0 when it is over. */
function useSecondsUntil(instant: string): number {
  const [left, setLeft] = useState(() => secondsUntil(instant));
  useEffect(() => {
    setLeft(secondsUntil(instant));
    const timer = setInterval(() => setLeft(secondsUntil(instant)), 1000);
    return () => clearInterval(timer);
  }, [instant]);
  return left;
}
