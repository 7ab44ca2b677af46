/** What a setting of the rules can hold: `Rules` seen as plain data. */
export type SettingValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly SettingValue[]
  | { readonly [name: string]: SettingValue };

export type SettingRecord = { readonly [name: string]: SettingValue };

export function isRecord(value: SettingValue | undefined): value is SettingRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two settings say the same; a member that is not there says the same as one that is `null`. */
export function sameSetting(one: SettingValue, other: SettingValue): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameSetting(item, other[index]));
  }
  if (isRecord(one) && isRecord(other)) {
    return namesOf(one, other).every((name) => sameSetting(one[name] ?? null, other[name] ?? null));
  }
  return one === other;
}

/** Names of the members of both records, each once, in the order in which they stand. */
export function namesOf(one: SettingRecord, other: SettingRecord): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}
