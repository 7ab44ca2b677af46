import type { FeatureJobs } from '../../platform/jobs/index.ts';
import { PHONE_CODE_ATTEMPTS_MAX } from './model.ts';
import { type MessagingPlatform, sendSms } from './send-sms.ts';

export function messagingJobs(platform: MessagingPlatform): FeatureJobs {
  return {
    outbox: {
      send_sms: (companyId, payload) => [
        { task: 'send_sms', companyId, payload, attemptsMax: PHONE_CODE_ATTEMPTS_MAX },
      ],
    },
    tasks: {
      send_sms: ({ deliveryId }, companyId, attempt) =>
        sendSms(platform, platform.database.tenant(companyId), deliveryId as string, {
          lastTry: attempt >= PHONE_CODE_ATTEMPTS_MAX,
        }),
    },
  };
}
