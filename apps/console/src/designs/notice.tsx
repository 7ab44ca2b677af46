import '@tessera/look/card-forms.css';
import type { CardPicture } from '@tessera/contract';
import { renderLockScreenMessage } from '@tessera/look';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../app/language.ts';
import styles from './preview.module.css';

type NoticeProps = { readonly card: CardPicture; readonly lang: Language; readonly text: string };

/** One message as it stands on a locked phone. */
export function Notice({ card, lang, text }: NoticeProps) {
  const { t } = useTranslation('designs');
  const at = t('push.now');
  const drawing = useMemo(() => {
    const { images, organizationName } = card;
    return { __html: renderLockScreenMessage({ icon: images.icon, organizationName, text, at, lang }) };
  }, [card, text, at, lang]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: renderLockScreenMessage escapes every text
  return <div className={styles.notice} dangerouslySetInnerHTML={drawing} />;
}
