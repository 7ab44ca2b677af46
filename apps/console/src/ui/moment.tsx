import { useFormat } from '../app/format.ts';

type MomentProps = { readonly at: string; readonly as?: 'moment' | 'day' | 'lastDay' | 'time' };

/** A moment as people say it, exact on hover, in the company's time zone. */
export function Moment({ at, as = 'moment' }: MomentProps) {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.exact(at)}>
      {format[as](at)}
    </time>
  );
}
