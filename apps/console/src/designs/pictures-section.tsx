import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import { useInHand, useProblem } from './context.ts';
import { type Crop, type Purpose, purposesOf, storedPicture, withoutPicture } from './crop.ts';
import { CropDialog } from './crop-dialog.tsx';
import styles from './designer.module.css';
import { idOf } from './problem-place.ts';
import { storePicture } from './queries.ts';
import { base64Of } from './read-picture.ts';

const FILE_BYTES_MAX = 8 * 1024 * 1024;

/** The pictures of the card, each cut to the shape of its place. */
export function PicturesSection() {
  const { t } = useTranslation('designs');
  const { draft } = useInHand();
  return (
    <>
      <p className="quiet">{t('picture.lead')}</p>
      <ul className={styles.pictures}>
        {purposesOf(draft.style, draft.poster !== null).map((purpose) => (
          <Picture key={purpose} purpose={purpose} />
        ))}
      </ul>
    </>
  );
}

function Picture({ purpose }: { readonly purpose: Purpose }) {
  const { t } = useTranslation('designs');
  const textOf = useErrorText();
  const { company } = useSession();
  const { draft, change } = useInHand();
  const problem = useProblem(`images/${purpose}.png`);
  const [file, setFile] = useState<File>();
  const [tooLarge, setTooLarge] = useState(false);
  const choose = useRef<HTMLInputElement>(null);
  const store = useMutation({
    mutationFn: async ({ source, crop }: { source: File; crop: Crop }) => {
      const content = await base64Of(source);
      const ground = purpose === 'icon' ? { background: draft.colours.background } : {};
      return storePicture({ purpose, style: draft.style, content, crop, ...ground });
    },
    onSuccess: (stored) => {
      setFile(undefined);
      // By now another picture may have come, or something was typed.
      change((before) => ({ images: { ...withoutPicture(before.images, purpose, before.style), ...stored.images } }));
    },
  });
  const hash = storedPicture(draft.images, purpose);
  const error = tooLarge ? t('picture.tooLarge') : store.isError ? textOf(store.error) : problem;
  return (
    <li className={styles.picture}>
      <div className={styles.frame} data-purpose={purpose}>
        {hash ? (
          <img src={`/assets/${company.id}/${hash}`} alt="" />
        ) : (
          <span className="quiet">{t('picture.none')}</span>
        )}
      </div>
      <div className={styles.pictureText}>
        <h2 className={styles.pictureName}>{t(`purpose.${purpose}`)}</h2>
        <p className={styles.note}>{t(`purposeHint.${purpose}`)}</p>
        {store.data?.enlarged && hash && <Mark tone="warning">{t('picture.enlarged')}</Mark>}
        {error && (
          <p role="alert" className={styles.failed}>
            {error}
          </p>
        )}
        <div className={styles.saveButtons}>
          <Button
            id={idOf(`images/${purpose}.png`)}
            size="sm"
            variant="default"
            loading={store.isPending}
            aria-label={t(hash ? 'picture.replaceOf' : 'picture.chooseOf', { what: t(`purpose.${purpose}`) })}
            onClick={() => choose.current?.click()}
          >
            {hash ? t('picture.replace') : t('picture.choose')}
          </Button>
          {hash && purpose !== 'icon' && (
            <Button
              size="sm"
              variant="subtle"
              aria-label={t('picture.removeOf', { what: t(`purpose.${purpose}`) })}
              onClick={() => change((before) => ({ images: withoutPicture(before.images, purpose, before.style) }))}
            >
              {t('picture.remove')}
            </Button>
          )}
        </div>
        <input
          ref={choose}
          hidden
          type="file"
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          data-testid={`file-${purpose}`}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            store.reset();
            setTooLarge(chosen !== undefined && chosen.size > FILE_BYTES_MAX);
            if (chosen && chosen.size <= FILE_BYTES_MAX) setFile(chosen);
          }}
        />
      </div>
      {file && (
        <CropDialog
          file={file}
          purpose={purpose}
          style={draft.style}
          busy={store.isPending}
          error={store.isError ? textOf(store.error) : undefined}
          onTake={(crop) => store.mutate({ source: file, crop })}
          onClose={() => setFile(undefined)}
        />
      )}
    </li>
  );
}
