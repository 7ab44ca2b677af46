import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tick } from '../../ui/forms/tick.tsx';
import type { FieldsOf } from '../../ui/forms/use-settings.ts';
import styles from '../tills.module.css';
import { type Draft, raised } from './draft.ts';

/** How a PIN reaches a guest, the first way first. */
export function Channels({ form }: { readonly form: FieldsOf<Draft> }) {
  const { t } = useTranslation('tills');
  const { channels } = form.draft;
  const turn = (place: number, on: boolean): void =>
    form.change({ channels: channels.map((one, at) => (at === place ? { ...one, on } : one)) });
  return (
    <>
      <ol className={styles.order}>
        {channels.map(({ channel, on }, place) => (
          <li key={channel}>
            <div className={styles.channel}>
              <Tick label={t(`codes.channel.${channel}`)} checked={on} onChange={(checked) => turn(place, checked)} />
              {place > 0 && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t('codes.earlier', { channel: t(`codes.channel.${channel}`) })}
                  onClick={() => form.change({ channels: raised(channels, place) })}
                >
                  {t('codes.up')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {form.wrong.includes('channels') && <p className={styles.wrong}>{t('codes.noChannel')}</p>}
    </>
  );
}
