import type { Session } from '@tessera/contract';
import { useEffect, useState } from 'react';
import { placeOf, type Station } from '../device/station.ts';
import { useReading } from '../texts/reading.tsx';
import { Icon } from './Icon.tsx';
import { Sign } from './Sign.tsx';

/** Back, whose till this is, whether the network is there, the menu. */
export function Header(props: {
  readonly company: Session['company'] | null;
  /** The station that this device is paired with. */
  readonly station: Station | null;
  /** How much waits to be sent, or to be read by a person. */
  readonly queued: number;
  readonly onQueue: () => void;
  readonly onMenu: () => void;
  readonly onBack: (() => void) | null;
}) {
  const { t } = useReading();
  const online = useOnline();
  const { company, station, onBack } = props;
  return (
    <header className="header">
      {onBack === null ? (
        <span className="header-sign">
          <Sign size={28} />
        </span>
      ) : (
        <button type="button" className="header-button" aria-label={t('app.back')} onClick={onBack}>
          <Icon name="back" />
        </button>
      )}
      <span className="header-name">
        {company?.name ?? station?.company.name ?? t('app.name')}
        {station === null ? null : <small className="header-place">{placeOf(station)}</small>}
      </span>
      {company?.demo === true ? <span className="badge">{t('app.demo')}</span> : null}
      {props.queued === 0 ? null : (
        <button
          type="button"
          className="header-queue"
          aria-label={t('queue.open', { count: props.queued })}
          onClick={props.onQueue}
        >
          <Icon name="clock" />
          {props.queued}
        </button>
      )}
      {online ? null : <span className="badge badge-look">{t('app.offline')}</span>}
      <button type="button" className="header-button" aria-label={t('app.menu')} onClick={props.onMenu}>
        <Icon name="menu" />
      </button>
    </header>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const notice = () => setOnline(navigator.onLine);
    addEventListener('online', notice);
    addEventListener('offline', notice);
    return () => {
      removeEventListener('online', notice);
      removeEventListener('offline', notice);
    };
  }, []);
  return online;
}
