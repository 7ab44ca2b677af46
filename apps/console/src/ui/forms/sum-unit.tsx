import { useFormat } from '../../app/format.ts';

/** What a field for a sum says at its end: the sign of the company's currency. */
export function useSumUnit() {
  const { sign } = useFormat();
  return { rightSection: <span className="small quiet">{sign}</span>, rightSectionWidth: 44 } as const;
}
