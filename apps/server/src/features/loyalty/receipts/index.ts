export type { Photo, StoredReceipt } from './model.ts';
export { readPhoto } from './photo.ts';
export { selectReceiptsOfAccount } from './receipts.store.ts';
export { receiptRoutes } from './routes.ts';
export { receiptSettingsOf, saveReceiptSettings } from './settings.ts';
export { submitReceipt } from './submit-receipt.ts';
