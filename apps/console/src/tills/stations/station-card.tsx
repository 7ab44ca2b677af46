import { Button } from '@mantine/core';
import type { Station } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelForm, Question } from '../../ui/forms/panel-form.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { Pairing } from './pairing.tsx';
import { useStationWrite } from './queries.ts';
import { StationForm } from './station-form.tsx';
import { TokenOnce } from './token-once.tsx';

type Open = 'pair' | 'token' | 'change' | 'disconnect';
type StationCardProps = { readonly station: Station; readonly pair: boolean };

/** One station, and what can be done with it, one thing at a time. */
export function StationCard({ station, pair }: StationCardProps) {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  const [open, setOpen] = useState<Open | null>(pair ? 'pair' : null);
  const close = () => setOpen(null);
  const { name, paired, venueName, venueCode, settings } = station;
  const place = venueName ?? (venueCode === null ? null : t('stations.venueCode', { code: venueCode }));
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{name}</h2>
        <State station={station} />
      </div>
      <p className="small quiet">
        {[place, t('stations.stay', { minutes: settings.lockMinutes, hours: settings.shiftHours })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {mayChange && open === null && (
        <div className={styles.ways}>
          <Button variant={paired ? 'default' : 'filled'} onClick={() => setOpen('pair')}>
            {paired ? t('stations.pairAgain') : t('stations.pair')}
          </Button>
          <Button variant="default" onClick={() => setOpen('change')}>
            {t('stations.change')}
          </Button>
          <Button variant="subtle" onClick={() => setOpen('token')}>
            {t('stations.token')}
          </Button>
          <Button variant="subtle" color="red" className={styles.apart ?? ''} onClick={() => setOpen('disconnect')}>
            {t('stations.disconnect')}
          </Button>
        </div>
      )}
      {open === 'pair' && <Pairing station={station} onClose={close} />}
      {open === 'token' && <TokenOnce station={station} onClose={close} />}
      {open === 'change' && <StationForm station={station} onDone={close} onCancel={close} />}
      {open === 'disconnect' && <Disconnect station={station} onClose={close} />}
    </li>
  );
}

function State({ station }: { readonly station: Station }) {
  const { t } = useTranslation('tills');
  const { paired, deviceName, lastSeenAt, pairedAt } = station;
  if (!paired) return <Mark tone="quiet">{t('stations.notPaired')}</Mark>;
  const seen = lastSeenAt ?? pairedAt;
  return (
    <span className={styles.state}>
      <Mark tone="good">{deviceName === '' ? t('stations.paired') : deviceName}</Mark>
      {seen && (
        <span className="small quiet">
          {t('stations.seen')} <Moment at={seen} />
        </span>
      )}
    </span>
  );
}

/** Takes a station out of service: the device is out at once, what it has sold stays. */
function Disconnect({ station, onClose }: { readonly station: Station; readonly onClose: () => void }) {
  const { t } = useTranslation('tills');
  const write = useStationWrite();
  return (
    <PanelForm
      label={t('stations.disconnect')}
      action={t('stations.disconnectNow')}
      cancel={t('cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate({ do: 'disconnect', stationId: station.stationId })}
      onCancel={onClose}
    >
      <Question>{t('stations.askDisconnect', { name: station.name })}</Question>
      <p className="small quiet">{t('stations.aboutDisconnect')}</p>
    </PanelForm>
  );
}
