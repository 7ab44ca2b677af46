export { forgetMessages, heldSmsOf } from './messages-to.ts';
export {
  type AccountCheck,
  type CallOutcome,
  type CallSender,
  type PhoneChannel,
  phoneHint,
  type SmsMessage,
  type SmsOutcome,
  type SmsRuSettings,
  type SmsSender,
} from './model.ts';
export { type CodeSent, readyChannels, sendCallNow, sendSmsNow } from './send-code.ts';
export { type MessagingPlatform, queueSms, saveSmsRuSettings } from './send-sms.ts';
export { smsAccountRoutes } from './sms-account.routes.ts';
export { messagingJobs } from './tasks.ts';
