import type { DesignDraft } from '../wallet/index.ts';
import { ART_COLOURS } from './art/index.ts';

/** The demo's card: balance at the top right (seen in the stack), level and turnover below, news of the place on the back. */
export const demoDesign: DesignDraft = {
  style: 'storeCard',
  language: 'ru',
  organizationName: 'Чайка',
  description: 'Карта гостя ресторана «Чайка»',
  logoText: 'Чайка',
  colours: ART_COLOURS,
  fields: {
    header: [{ key: 'points', label: 'БАЛЛЫ', value: 'LoyaltyValue#', changeMessage: 'Баллов на карте: %@' }],
    primary: [],
    secondary: [
      { key: 'name', label: 'ГОСТЬ', value: 'FirstName# LastName#' },
      { key: 'level', label: 'УРОВЕНЬ', value: 'Level#' },
    ],
    auxiliary: [],
    back: [
      { key: 'turnover', label: 'Покупки всего', value: 'LoyaltyValue2#' },
      {
        key: 'rules',
        label: 'Как это работает',
        value:
          'Покажите код на кассе или назовите телефон. Баллами можно оплатить до половины чека: 1 балл равен 1 ₽. Баллы живут 12 месяцев.',
      },
      { key: 'contact', label: 'Связаться', value: 'Набережная, 1. Каждый день с 10 до 23.\n+7 900 000-00-00' },
    ],
  },
  barcode: { format: 'qr', message: 'Serial#', altText: 'Serial#' },
  sharingProhibited: false,
};
