/** The outside world on localhost: Apple's push service, an SMS gateway, a certificate authority, and a phone. */
export * from './apns.ts';
export * from './phone.ts';
export * from './pki.ts';
export * from './sms-ru.ts';
