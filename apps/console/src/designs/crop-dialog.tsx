import { Button, NativeSelect } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Crop,
  cropOf,
  moved,
  nearestRatio,
  type Purpose,
  type Size,
  settled,
  shapesOf,
  type View,
  WHOLE_VIEW,
  ZOOM_MAX,
} from './crop.ts';
import styles from './crop-dialog.module.css';
import { Dialog } from './dialog.tsx';

type CropDialogProps = {
  readonly file: File;
  readonly purpose: Purpose;
  readonly style: string;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly onTake: (crop: Crop) => void;
  readonly onClose: () => void;
};

/** Which part of a picture the card shows: pulled with a finger, a mouse or the arrow keys, enlarged with the slider. */
export function CropDialog({ file, purpose, style, busy, error, onTake, onClose }: CropDialogProps) {
  const { t } = useTranslation('designs');
  const [url, setUrl] = useState<string>();
  const [size, setSize] = useState<Size>();
  const [broken, setBroken] = useState(false);
  const [view, setView] = useState<View>(WHOLE_VIEW);
  const shapes = shapesOf(purpose, style);
  const [chosen, setChosen] = useState<number>();
  const ratio = chosen ?? (size ? nearestRatio(size, shapes) : shapes[0]);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const change = (next: View): void => setView(size ? settled(next, size, ratio) : next);
  const crop = cropOf(view, size ?? { width: ratio, height: 1 }, ratio);
  return (
    <Dialog title={t(`purpose.${purpose}`)} onClose={onClose}>
      <Window view={view} crop={crop} size={size} ratio={ratio} onChange={setView}>
        {url && (
          <img
            className={styles.image}
            src={url}
            alt=""
            draggable={false}
            style={{
              width: `${100 / crop.width}%`,
              height: `${100 / crop.height}%`,
              left: `${(-100 * crop.left) / crop.width}%`,
              top: `${(-100 * crop.top) / crop.height}%`,
            }}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              // A drawing without measures of its own takes the shape of its place.
              setSize({ width: naturalWidth || 1_000 * shapes[0], height: naturalHeight || 1_000 })
            }
            onError={() => setBroken(true)}
          />
        )}
      </Window>
      <div className={styles.controls}>
        <label className={styles.zoom}>
          <span>{t('crop.zoom')}</span>
          <input
            type="range"
            min={0}
            max={100}
            value={Math.round((Math.log(view.zoom) / Math.log(ZOOM_MAX)) * 100)}
            onChange={(event) => change({ ...view, zoom: ZOOM_MAX ** (event.currentTarget.valueAsNumber / 100) })}
          />
        </label>
        {shapes[0] < shapes[1] && (
          <NativeSelect
            size="sm"
            label={t('crop.shape')}
            value={chosen === undefined ? '' : String(chosen)}
            onChange={({ currentTarget: { value } }) => setChosen(value === '' ? undefined : Number(value))}
            data={[
              { value: '', label: t('crop.own') },
              { value: String(Math.max(1, shapes[0])), label: t('crop.square') },
              { value: String(shapes[1]), label: t('crop.widest') },
            ]}
          />
        )}
        <p className="small quiet">{t('crop.hint')}</p>
        {(broken || error) && (
          <p role="alert" className={styles.failed}>
            {broken ? t('crop.broken') : error}
          </p>
        )}
        <div className={styles.buttons}>
          <Button size="md" loading={busy} disabled={!size || broken} onClick={() => onTake(crop)}>
            {t('crop.take')}
          </Button>
          <Button size="md" variant="default" onClick={onClose}>
            {t('crop.leave')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [0.05, 0],
  ArrowRight: [-0.05, 0],
  ArrowUp: [0, 0.05],
  ArrowDown: [0, -0.05],
};

type WindowProps = {
  readonly view: View;
  readonly crop: Crop;
  readonly size: Size | undefined;
  readonly ratio: number;
  readonly onChange: (view: View) => void;
  readonly children: React.ReactNode;
};

/** The frame through which the picture is seen: one finger pulls it, two enlarge it. */
function Window({ view, size, ratio, onChange, children }: WindowProps) {
  const { t } = useTranslation('designs');
  const frame = useRef<HTMLDivElement>(null);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  useZoomByWheel(frame, (factor) => size && onChange(settled({ ...view, zoom: view.zoom * factor }, size, ratio)));
  const spread = (): number => {
    const [one, other] = [...fingers.current.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };
  const pull = (event: PointerEvent): void => {
    const before = fingers.current.get(event.pointerId);
    const box = frame.current?.getBoundingClientRect();
    if (!before || !box || !size) return;
    const apart = spread();
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.current.size > 1) {
      const now = spread();
      if (apart > 0 && now > 0) onChange(settled({ ...view, zoom: view.zoom * (now / apart) }, size, ratio));
      return;
    }
    const by = { x: (event.clientX - before.x) / box.width, y: (event.clientY - before.y) / box.height };
    onChange(moved(view, by, size, ratio));
  };
  const steer = (event: KeyboardEvent): void => {
    const step = ARROWS[event.key];
    if (!step || !size) return;
    event.preventDefault();
    onChange(moved(view, { x: step[0], y: step[1] }, size, ratio));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element of HTML is a picture that is pulled
    <div
      ref={frame}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys pull the picture
      tabIndex={0}
      aria-label={t('crop.window')}
      className={styles.window}
      style={{ aspectRatio: ratio, maxWidth: `calc(46dvh * ${ratio})` }}
      onKeyDown={steer}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerMove={pull}
      onPointerUp={(event) => fingers.current.delete(event.pointerId)}
      onPointerCancel={(event) => fingers.current.delete(event.pointerId)}
    >
      {children}
    </div>
  );
}

/** React listens to wheels passively, so that the page would scroll along. */
function useZoomByWheel(frame: React.RefObject<HTMLElement | null>, zoom: (factor: number) => void): void {
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const element = frame.current;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(Math.exp(-event.deltaY / 400));
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [frame]);
}
