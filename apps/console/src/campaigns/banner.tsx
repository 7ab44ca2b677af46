import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { CampaignPreview, NewPicture } from '@tessera/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { type Crop, storedPicture } from '../designs/crop.ts';
import { CropDialog } from '../designs/crop-dialog.tsx';
import { storePicture } from '../designs/queries.ts';
import { base64Of } from '../designs/read-picture.ts';
import { Mark } from '../ui/mark.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './campaigns.module.css';
import type { Draft } from './draft.ts';
import type { CampaignForm } from './use-campaign.ts';

const FILE_BYTES_MAX = 8 * 1024 * 1024;

type BannerProps = { readonly form: CampaignForm; readonly preview: CampaignPreview | undefined };

/** A picture for the strip of the cards, while the campaign lasts; without one they keep theirs. */
export function Banner({ form, preview }: BannerProps) {
  const { t } = useTranslation('campaigns');
  const textOf = useErrorText();
  const { company } = useSession();
  const { draft, change, errorOf } = form;
  const [file, setFile] = useState<File>();
  const [tooLarge, setTooLarge] = useState(false);
  const choose = useRef<HTMLInputElement>(null);
  const style = preview?.sample?.picture.style ?? 'storeCard';
  const store = useMutation({
    mutationFn: async ({ source, crop }: { source: File; crop: Crop }) => {
      const picture = { purpose: 'strip', style, content: await base64Of(source), crop };
      return storePicture(picture as NewPicture);
    },
    onSuccess: ({ images }) => {
      setFile(undefined);
      // A picture for this place is stored in all three.
      change({ banner: images as Draft['banner'] });
    },
  });
  const hash = storedPicture(draft.banner ?? {}, 'strip');
  const bare = hash === null ? [] : (preview?.designs ?? []).filter(({ banner }) => !banner);
  const error = tooLarge ? t('banner.tooLarge') : errorOf('banner');
  return (
    <div className={styles.banner}>
      <p className={styles.label}>{t('banner.title')}</p>
      <p className={styles.hint}>{t('banner.hint')}</p>
      {hash && <img className={styles.strip} src={`/assets/${company.id}/${hash}`} alt={t('banner.alt')} />}
      {hash && store.data?.enlarged && <Mark tone="warning">{t('banner.enlarged')}</Mark>}
      {bare.length > 0 && (
        <p className={styles.warn}>{t('banner.without', { names: bare.map(({ name }) => name).join(', ') })}</p>
      )}
      {error && (
        <p role="alert" className={styles.wrong}>
          {error}
        </p>
      )}
      <div className={styles.actions}>
        <Button size="sm" variant="default" onClick={() => choose.current?.click()}>
          {hash ? t('banner.replace') : t('banner.choose')}
        </Button>
        {hash && (
          <Button size="sm" variant="subtle" onClick={() => change({ banner: null })}>
            {t('banner.remove')}
          </Button>
        )}
      </div>
      <input
        ref={choose}
        hidden
        type="file"
        accept="image/png,image/jpeg,image/webp,image/svg+xml"
        data-testid="file-banner"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          store.reset();
          setTooLarge(chosen !== undefined && chosen.size > FILE_BYTES_MAX);
          if (chosen && chosen.size <= FILE_BYTES_MAX) setFile(chosen);
        }}
      />
      {file && (
        <CropDialog
          file={file}
          purpose="strip"
          style={style}
          busy={store.isPending}
          error={store.isError ? textOf(store.error) : undefined}
          onTake={(crop) => store.mutate({ source: file, crop })}
          onClose={() => setFile(undefined)}
        />
      )}
    </div>
  );
}
