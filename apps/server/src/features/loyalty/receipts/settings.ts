import { DEFAULT_RECEIPT_SETTINGS, parseReceiptSettings, receiptSettingsToJson } from '@tessera/loyalty';
import { programmeSettings } from '../programme-settings.ts';

/** How a programme takes receipts; those that wait are judged by the new settings. */
export const { of: receiptSettingsOf, save: saveReceiptSettings } = programmeSettings('receipt_settings', {
  unset: DEFAULT_RECEIPT_SETTINGS,
  parse: parseReceiptSettings,
  toJson: receiptSettingsToJson,
});
