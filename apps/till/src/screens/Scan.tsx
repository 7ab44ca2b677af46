import { useEffect, useRef, useState } from 'react';
import { type Camera, type CameraProblem, openCamera } from '../device/camera.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';

const TROUBLES = { denied: 'scan.denied', missing: 'scan.missing', reader: 'scan.reader' } as const;

/** The camera over the whole screen, until it has read a card's code. */
export function Scan(props: { readonly onCode: (code: string) => void; readonly onClose: () => void }) {
  const { t } = useReading();
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(props.onCode);
  found.current = props.onCode;
  const [camera, setCamera] = useState<Camera | null>(null);
  const [trouble, setTrouble] = useState<CameraProblem | null>(null);
  const [lit, setLit] = useState(false);
  useEffect(() => {
    const picture = video.current;
    if (picture === null) return;
    let closed = false;
    let opened: Camera | null = null;
    void openCamera(picture, (code) => found.current(code)).then((answer) => {
      if (typeof answer === 'string') return setTrouble(answer);
      if (closed) return answer.stop();
      opened = answer;
      setCamera(answer);
    });
    return () => {
      closed = true;
      opened?.stop();
    };
  }, []);
  return (
    <Dialog label={t('scan.title')} onClose={props.onClose} className="scan">
      {trouble === null ? (
        <>
          <h2 className="heading">{t('scan.title')}</h2>
          <div className="finder">
            <video ref={video} muted playsInline />
            {camera === null ? <p className="finder-wait">{t('scan.starting')}</p> : <span className="finder-frame" />}
          </div>
          <p className="hint">{t('scan.hint')}</p>
        </>
      ) : (
        <Notice tone="bad">{t(TROUBLES[trouble])}</Notice>
      )}
      <div className="row">
        {camera?.light == null ? null : (
          <button
            type="button"
            className="button button-plain"
            aria-pressed={lit}
            onClick={() => {
              camera.light?.(!lit);
              setLit(!lit);
            }}
          >
            <Icon name="light" />
            {t('scan.light')}
          </button>
        )}
        <button type="button" className="button button-plain" onClick={props.onClose}>
          {t('app.close')}
        </button>
      </div>
    </Dialog>
  );
}
