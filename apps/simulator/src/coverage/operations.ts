import { API_ROUTES } from '../resources/api-route-list';
import { notSimulatedRoutes } from '../resources/not-simulated';

/** One operation of the real API, and whether it works here on real state or answers 501. */
export interface CoveredOperation {
  readonly method: string;
  readonly template: string;
  readonly isSimulated: boolean;
}

const ABSENT: ReadonlySet<unknown> = new Set(notSimulatedRoutes);

/** All that the simulator knows of, by path and then by method. */
export const OPERATIONS: readonly CoveredOperation[] = API_ROUTES.map((route) => ({
  method: route.method,
  template: route.template,
  isSimulated: !ABSENT.has(route),
})).sort((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));

function keyOf({ method, template }: CoveredOperation): string {
  return `${template} ${method}`;
}
