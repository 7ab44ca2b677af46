export type { FiscalReceipt, ParsedReceipt, ReceiptField, ReceiptProblem } from './fiscal-qr.ts';
export { fiscalQrText, parseFiscalQr, RECEIPT_FIELDS, receiptInstant, receiptKey } from './fiscal-qr.ts';
export type { ReceiptFacts, ReceiptRejection, ReceiptState, ReceiptVerdict, ReviewReason } from './judge.ts';
export {
  judgeReceipt,
  looksLikeReceipt,
  RECEIPT_REJECTIONS,
  RECEIPT_STATES,
  REVIEW_REASONS,
  receiptStateAt,
  SAME_PURCHASE_MS,
} from './judge.ts';
export type { AutomaticApproval, ParsedReceiptSettings, ReceiptSettings } from './settings.ts';
export { DEFAULT_RECEIPT_SETTINGS, parseReceiptSettings, receiptSettingsToJson } from './settings.ts';
