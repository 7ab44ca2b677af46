/** The outside world on localhost: Apple's push service, Google Wallet, an SMS gateway, a certificate authority, and a phone. */
export * from './apns.ts';
export * from './google-wallet/index.ts';
export * from './phone.ts';
export * from './pki.ts';
export * from './sms-ru.ts';
