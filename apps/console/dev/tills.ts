import type { FarCardsAnswer, StaffList, StationList, VenueList } from '@tessera/contract';

/** Tills and their staff, invented: one device that is there, one till without any, a cashier with a PIN only. */
export const venues: VenueList = { items: [{ code: 2, name: 'На Тверской' }] };

const settings = { lockMinutes: 10, shiftHours: 12 };
export const stations: StationList = {
  items: [
    {
      stationId: 1,
      name: 'Бар',
      venueCode: 2,
      venueName: 'На Тверской',
      settings,
      paired: true,
      deviceName: 'iPad',
      createdAt: '2026-10-01T09:00:00Z',
      pairedAt: '2026-10-01T09:05:00Z',
      lastSeenAt: '2026-10-02T09:30:00Z',
      pairingExpiresAt: null,
    },
    {
      stationId: 2,
      name: 'Веранда',
      venueCode: null,
      venueName: null,
      settings,
      paired: false,
      deviceName: '',
      createdAt: '2026-10-01T09:10:00Z',
      pairedAt: null,
      lastSeenAt: null,
      pairingExpiresAt: null,
    },
  ],
};

const createdAt = '2026-10-01T09:00:00Z';
export const staff: StaffList = {
  items: [
    {
      userId: 1,
      name: 'Владелец',
      role: 'owner',
      email: 'owner@example.org',
      hasPin: false,
      pinLockedUntil: null,
      blocked: false,
      createdAt,
    },
    {
      userId: 2,
      name: 'Ольга',
      role: 'cashier',
      email: null,
      hasPin: true,
      pinLockedUntil: null,
      blocked: false,
      createdAt,
    },
  ],
};

export const rKeeper: FarCardsAnswer = {
  settings: {
    addresses: ['10.1.0.0/16'],
    levels: { base: { discount: 12 } },
    restaurants: { '7001': 2 },
    language: 'ru',
  },
  lastCalledAt: '2026-10-02T09:30:00Z',
  examples: {
    ru: {
      screen: '{level}. На карте 1 250 баллов',
      slip: 'Начислено 62,50 балла\nНа карте 1 250 баллов',
      cancelled: 'Чек отменён\nНа карте 1 250 баллов',
    },
    en: {
      screen: '{level}. 1,250 points on the card',
      slip: 'Earned 62.50 points\n1,250 points on the card',
      cancelled: 'The check is cancelled\n1,250 points on the card',
    },
  },
};
