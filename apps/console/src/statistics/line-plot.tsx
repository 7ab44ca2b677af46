import { useElementSize } from '@mantine/hooks';
import { useFormat } from '../app/format.ts';
import styles from './line-plot.module.css';
import { roundTop, spread, ticksOf } from './scale.ts';

export type Series = { readonly key: string; readonly label: string; readonly values: readonly number[] };
type LinePlotProps = {
  /** What the plot shows, for those who do not see it. */
  readonly title: string;
  readonly series: readonly Series[];
  /** The name of each point. */
  readonly points: readonly string[];
  /** The same, short, for the axis. */
  readonly ticks: readonly string[];
};

const HEIGHT = 240;
const EDGE = { top: 12, bottom: 28, left: 44 } as const;
const LABEL_GAP = 17;
const NARROW = 520;

/** A few lines over time: from zero, named at their ends, each value on hover. The table beside it is the other way to read. */
export function LinePlot({ title, series, points, ticks }: LinePlotProps) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className={styles.plot}>
      {width > 0 && <Drawing title={title} series={series} points={points} ticks={ticks} width={width} />}
    </div>
  );
}

function Drawing({ title, series, points, ticks, width }: LinePlotProps & { readonly width: number }) {
  const format = useFormat();
  const right = width < NARROW ? 100 : 132;
  const top = roundTop(Math.max(0, ...series.flatMap(({ values }) => values)));
  const x = (index: number): number =>
    EDGE.left + (width - EDGE.left - right) * (points.length < 2 ? 0.5 : index / (points.length - 1));
  const y = (value: number): number => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * value) / top;
  const ends = spread(
    series.map(({ values }) => y(values.at(-1) ?? 0)),
    LABEL_GAP,
    EDGE.top,
    HEIGHT - EDGE.bottom,
  );
  const step = points.length < 2 ? width : x(1) - x(0);
  return (
    <svg role="img" aria-label={title} width={width} height={HEIGHT} className={styles.drawing}>
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line
            x1={EDGE.left}
            x2={width - right}
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? styles.zero : styles.grid}
          />
          <text x={EDGE.left - 8} y={y(value) + 4} className={styles.value}>
            {format.count(Math.round(value))}
          </text>
        </g>
      ))}
      {ticksOf(points.length, width < NARROW ? 3 : 6).map((index) => (
        <text key={index} x={x(index)} y={HEIGHT - 8} className={styles.tick}>
          {ticks[index]}
        </text>
      ))}
      {series.map(({ key, label, values }, index) => (
        <g key={key} className={styles[`series${index}`]}>
          <polyline points={values.map((value, at) => `${x(at)},${y(value)}`).join(' ')} className={styles.line} />
          <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r={3} className={styles.end} />
          <text x={width - right + 10} y={ends[index]! + 4} className={styles.label}>
            {label}
          </text>
        </g>
      ))}
      {points.map((point, index) => (
        <g key={point} className={styles.column}>
          <line x1={x(index)} x2={x(index)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} className={styles.marker} />
          <rect x={x(index) - step / 2} y={0} width={step} height={HEIGHT - EDGE.bottom} className={styles.target}>
            <title>
              {[point, ...series.map(({ label, values }) => `${label}: ${format.count(values[index] ?? 0)}`)].join(
                '\n',
              )}
            </title>
          </rect>
        </g>
      ))}
    </svg>
  );
}
