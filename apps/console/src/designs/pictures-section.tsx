import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { type Language, languages } from '../app/language.ts';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import { useInHand, useProblem } from './context.ts';
import {
  type Crop,
  differsByLanguage,
  folderOf,
  inLanguage,
  type Purpose,
  purposesOf,
  storedPicture,
  withoutPicture,
} from './crop.ts';
import { CropDialog } from './crop-dialog.tsx';
import parts from './parts.module.css';
import styles from './pictures.module.css';
import { idOf } from './problem-place.ts';
import { storePicture } from './queries.ts';
import { base64Of } from './read-picture.ts';

const FILE_BYTES_MAX = 8 * 1024 * 1024;

/** The pictures of the card, each cut to the shape of its place. */
export function PicturesSection() {
  const { t } = useTranslation('designs');
  const { draft } = useInHand();
  const purposes = purposesOf(draft.style, draft.poster !== null);
  // A language has its own picture in the place of a common one.
  const common = purposes.filter((one) => differsByLanguage(one) && storedPicture(draft.images, one) !== null);
  const others = (Object.keys(draft.texts) as Language[]).filter((one) => one !== draft.language);
  return (
    <>
      <p className="quiet">{t('picture.lead')}</p>
      <ul className={styles.pictures}>
        {purposes.map((purpose) => (
          <Picture key={purpose} purpose={purpose} />
        ))}
      </ul>
      {common.length > 0 &&
        others.map((language) => (
          <section key={language} className={styles.inLanguage} aria-label={t(`picture.inLanguage.${language}`)}>
            <h3 className={parts.groupTitle}>{t(`picture.inLanguage.${language}`)}</h3>
            <p className={parts.note}>{t('picture.languageHint')}</p>
            <ul className={styles.pictures}>
              {common.map((purpose) => (
                <Picture key={purpose} purpose={purpose} language={language} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

function Picture({ purpose, language }: { readonly purpose: Purpose; readonly language?: Language }) {
  const { t } = useTranslation('designs');
  const textOf = useErrorText();
  const { company } = useSession();
  const { draft, change } = useInHand();
  const path = `images/${folderOf(language)}${purpose}.png`;
  const problem = useProblem(path);
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
      change((before) => ({
        images: {
          ...withoutPicture(before.images, purpose, before.style, language),
          ...inLanguage(stored.images, language),
        },
      }));
    },
  });
  const hash = storedPicture(draft.images, purpose, language);
  // Without the common picture those of languages have nothing whose place to take.
  const without = (images: typeof draft.images, style: string) =>
    (language ? [language] : [undefined, ...languages]).reduce(
      (left, one) => withoutPicture(left, purpose, style, one),
      images,
    );
  const error = tooLarge ? t('picture.tooLarge') : store.isError ? textOf(store.error) : problem;
  return (
    <li className={styles.picture}>
      <div className={styles.frame} data-purpose={purpose}>
        {hash ? (
          <img src={`/assets/${company.id}/${hash}`} alt="" />
        ) : (
          <span className="quiet">{t(language ? 'picture.same' : 'picture.none')}</span>
        )}
      </div>
      <div className={styles.text}>
        <h2 className={styles.name}>{t(`purpose.${purpose}`)}</h2>
        <p className={parts.note}>{t(`purposeHint.${purpose}`)}</p>
        {store.data?.enlarged && hash && <Mark tone="warning">{t('picture.enlarged')}</Mark>}
        {error && (
          <p role="alert" className={parts.failed}>
            {error}
          </p>
        )}
        <div className={parts.buttons}>
          <Button
            id={idOf(path)}
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
              onClick={() => change((before) => ({ images: without(before.images, before.style) }))}
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
          data-testid={`file-${folderOf(language)}${purpose}`}
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
