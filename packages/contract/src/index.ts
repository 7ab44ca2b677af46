export * from './api/coalition.ts';
export * from './api/console.ts';
export * from './api/earning.ts';
export * from './api/operations.ts';
export * from './api/reports.ts';
export * from './api/shapes.ts';
export * from './api/till.ts';
export * from './errors.ts';
export type { Permission } from './permissions.ts';
