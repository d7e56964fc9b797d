/** Path to route: literal segments win over {parameters}, runs of slashes fold, both spellings of a collection match. */
import type { RestMethod, RestRoute } from './route.ts';
import type { PredicateInput } from './predicate.ts';

export interface RouteMatch {
  route: RestRoute;
  path: ReadonlyMap<string, string>;
}

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);
const parameter = /^\{(\w+)\}$/;

interface Compiled { segments: string[]; literals: number; endsWithSlash: boolean; route: RestRoute }

function compile(route: RestRoute): Compiled {
  const segments = segmentsOf(route.path);
  return { segments, literals: segments.filter((segment) => !parameter.test(segment)).length, endsWithSlash: route.path.endsWith('/'), route };
}

function matchPath(pattern: string[], segments: string[]): Map<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const found = new Map<string, string>();
  for (const [index, part] of pattern.entries()) {
    const name = parameter.exec(part)?.[1];
    if (name) found.set(name, segments[index]!);
    else if (part !== segments[index]) return undefined;
  }
  return found;
}

export class Router {
  private readonly compiled: readonly Compiled[];

  constructor(routes: readonly RestRoute[]) {
    this.compiled = routes.map(compile).sort((one, other) => other.literals - one.literals);
  }

  /** Whether any route has this path, whatever its method. */
  knows(path: string): boolean {
    return this.compiled.some(({ segments }) => matchPath(segments, segmentsOf(path)));
  }

  /** A route of this method and path, whatever its `when` says. */
  takes(method: RestMethod, path: string): RestRoute | undefined {
    return this.compiled.find(({ route, segments }) => route.method === method && matchPath(segments, segmentsOf(path)))?.route;
  }

  /** Undefined: no such path, or none of its routes takes this method or body. */
  match(method: RestMethod, path: string, input: PredicateInput): RouteMatch | undefined {
    const segments = segmentsOf(path), spelledWithSlash = path.endsWith('/');
    const candidates = this.compiled.flatMap(({ route, segments: pattern, endsWithSlash, literals }) => {
      if (route.method !== method) return [];
      const found = matchPath(pattern, segments);
      return found ? [{ route, path: found, literals, exact: endsWithSlash === spelledWithSlash }] : [];
    });
    const best = candidates.filter((one) => one.literals === candidates[0]?.literals).filter(({ route }) => route.when?.(input) ?? true);
    return best.find((one) => one.exact) ?? best[0];
  }
}
