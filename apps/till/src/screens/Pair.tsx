import { useState } from 'react';
import type { TillApi } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { deviceName, type Station } from '../device/station.ts';
import { Notice } from '../parts/Notice.tsx';
import { Sign } from '../parts/Sign.tsx';
import { useReading } from '../texts/reading.tsx';

/** The page was opened by a pairing address: whether this device shall be a till from now on. */
export function Pair(props: {
  readonly api: TillApi;
  readonly code: string;
  /** What it is paired with so far. */
  readonly station: Station | null;
  readonly onPaired: (station: Station) => void;
  readonly onClose: () => void;
}) {
  const { t, problem } = useReading();
  const { api, code, station } = props;
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const over = trouble?.kind === 'refused';
  const pair = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await api.pair({ code, deviceName: deviceName(navigator.userAgent) });
    setBusy(false);
    if (!answer.ok) setTrouble(answer.problem);
    else if (answer.value.station !== null) props.onPaired(answer.value.station);
  };
  return (
    <div className="screen sign-in pair">
      <Sign size={56} />
      <h1 className="title">{t('station.pairTitle')}</h1>
      <p>{t('station.pairText')}</p>
      {station === null ? null : <p className="hint">{t('station.pairInstead', { station: station.name })}</p>}
      {trouble === null ? null : <Notice tone={over ? 'bad' : 'unsure'}>{problem(trouble)}</Notice>}
      {over ? null : (
        <button type="button" className="button button-main" disabled={busy} onClick={() => void pair()}>
          {busy ? t('station.pairing') : t('station.pair')}
        </button>
      )}
      <button type="button" className="button button-plain" onClick={props.onClose}>
        {over ? t('app.close') : t('station.pairNot')}
      </button>
    </div>
  );
}
