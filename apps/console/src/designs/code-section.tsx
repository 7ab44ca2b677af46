import { useTranslation } from 'react-i18next';
import { Group } from '../ui/forms/settings-form.tsx';
import { useInHand } from './context.ts';
import { CODES, type Draft } from './draft.ts';
import { Choice, Counter, Template, Text, Tick } from './inputs.tsx';
import parts from './parts.module.css';

/** What a terminal reads of an NFC card, bytes. */
const NFC_BYTES_MAX = 64;
/** Drawn since iOS 27 alone; a QR code follows for all others. */
const NEW_CODES: readonly string[] = ['ean13', 'code39', 'codabar', 'itf'];

/** The code on the card, how it changes, and the card without a code: NFC. */
export function CodeSection() {
  const { draft, change } = useInHand();
  const { t } = useTranslation('designs');
  const { code } = draft;
  const set = (part: Partial<NonNullable<Draft['code']>>): void =>
    change((before) => (before.code ? { code: { ...before.code, ...part } } : {}));
  return (
    <>
      <Tick
        path="barcode"
        label={t('code.shown')}
        checked={code !== null}
        onChange={(on) =>
          change({ code: on ? { format: 'qr', message: 'Serial#', altText: 'Serial#', encoding: '' } : null })
        }
      />
      {code && (
        <div className={parts.pair}>
          <Choice
            path="barcode/format"
            label={t('code.format')}
            hint={NEW_CODES.includes(code.format) ? t('code.new') : t(`codeHint.${code.format}`)}
            value={code.format}
            of={CODES.map((value) => ({ value, label: t(`codeName.${value}`) }))}
            onChange={(format) => set({ format })}
          />
          <Choice
            path="barcode/encoding"
            label={t('code.encoding')}
            hint={t('code.encodingHint')}
            value={code.encoding}
            of={(['', 'iso-8859-1', 'utf-8'] as const).map((value) => ({
              value,
              label: value === '' ? t('code.auto') : value === 'utf-8' ? 'UTF-8' : 'Latin-1 (ISO 8859-1)',
            }))}
            onChange={(encoding) => set({ encoding })}
          />
          <Template
            path="barcode/message"
            label={t('code.message')}
            hint={t('code.messageHint')}
            value={code.message}
            maxLength={1_000}
            onChange={(message) => set({ message })}
          />
          <Template
            path="barcode/altText"
            label={t('code.altText')}
            hint={t('code.altTextHint')}
            value={code.altText}
            onChange={(altText) => set({ altText })}
          />
        </div>
      )}
      <Changing />
      <Nfc />
    </>
  );
}

/** A code that a picture of it soon does not open anything with. */
function Changing() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const { changing } = draft;
  const set = (part: Partial<NonNullable<Draft['changing']>>): void =>
    change((before) => (before.changing ? { changing: { ...before.changing, ...part } } : {}));
  return (
    <Group title={t('changing.title')}>
      <Tick
        path="changingCode"
        label={t('changing.on')}
        hint={t('changing.hint')}
        checked={changing !== null}
        onChange={(on) => change({ changing: on ? { afterUse: true, minutes: '', grace: '10' } : null })}
      />
      {changing && (
        <>
          <Tick
            path="changingCode/afterUse"
            label={t('changing.afterUse')}
            checked={changing.afterUse}
            onChange={(afterUse) => set({ afterUse })}
          />
          <div className={parts.pair}>
            <Text
              path="changingCode/minutes"
              label={t('changing.minutes')}
              hint={t('changing.minutesHint')}
              inputMode="numeric"
              value={changing.minutes}
              maxLength={7}
              onChange={(minutes) => set({ minutes })}
            />
            <Text
              path="changingCode/graceMinutes"
              label={t('changing.grace')}
              hint={t('changing.graceHint')}
              inputMode="numeric"
              value={changing.grace}
              maxLength={5}
              onChange={(grace) => set({ grace })}
            />
          </div>
        </>
      )}
    </Group>
  );
}

function Nfc() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const { nfc } = draft;
  const set = (part: Partial<NonNullable<Draft['nfc']>>): void =>
    change((before) => (before.nfc ? { nfc: { ...before.nfc, ...part } } : {}));
  return (
    <Group title="NFC">
      <Tick
        path="nfc"
        label={t('nfc.on')}
        hint={t('nfc.hint')}
        checked={nfc !== null}
        onChange={(on) => change({ nfc: on ? { message: 'Serial#', key: '', authentication: false } : null })}
      />
      {nfc && (
        <>
          <Template
            path="nfc/message"
            label={t('nfc.message')}
            hint={
              <Counter
                text={'x'.repeat(new TextEncoder().encode(nfc.message).length)}
                most={NFC_BYTES_MAX}
                where={t('nfc.reader')}
              />
            }
            value={nfc.message}
            onChange={(message) => set({ message })}
          />
          <Text
            path="nfc/encryptionPublicKey"
            label={t('nfc.key')}
            hint={t('nfc.keyHint')}
            area
            value={nfc.key}
            maxLength={400}
            onChange={(key) => set({ key })}
          />
          <Tick
            path="nfc/requiresAuthentication"
            label={t('nfc.authentication')}
            checked={nfc.authentication}
            onChange={(authentication) => set({ authentication })}
          />
        </>
      )}
    </Group>
  );
}
