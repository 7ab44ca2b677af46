/** A PIN has four to eight digits. */
export const PIN_FROM = 4;
export const PIN_TO = 8;

/** What a key does to the digits typed so far; keys that mean nothing change nothing. */
export function typePin(pin: string, key: string): string {
  if (key === 'back' || key === 'Backspace') return pin.slice(0, -1);
  if (key === 'clear' || key === 'Delete') return '';
  return /^[0-9]$/.test(key) && pin.length < PIN_TO ? pin + key : pin;
}

export const isPin = (pin: string): boolean => pin.length >= PIN_FROM && pin.length <= PIN_TO;
