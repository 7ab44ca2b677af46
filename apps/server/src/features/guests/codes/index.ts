export { type CardCode, exchangeCardCode, issueCardCode } from './card-codes.ts';
export { noteSent, noteTried, selectPinToSend as pinToSend } from './codes.store.ts';
export { randomDigits } from './hash-code.ts';
export { type CardPurpose, DEFAULT_TILL_SETTINGS, inGroups, readCardCode } from './model.ts';
export { confirmPhoneCode, type IssuedCode, issuePhoneCode, type KeptCode } from './phone-codes.ts';
export { hasProof, upsertProof as noteProof } from './proofs.store.ts';
export { saveTillSettings, tillSettingsOf } from './settings.ts';
export { beginTillPin, confirmTillPin, setTillPin } from './till-pins.ts';
