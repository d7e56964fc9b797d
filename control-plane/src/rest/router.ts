/** Path to route: literal segments win over {parameters}, runs of slashes fold, both spellings of a collection match. */
import type { RestMethod, RestRoute } from './route.ts';
import type { PredicateInput } from './predicate.ts';

export interface RouteMatch {
  route: RestRoute;
  path: ReadonlyMap<string, string>;
}

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);
const parameter = /^\{(\w+)\}$/;

/** A text that must stand there, or the name of what stands there. */
interface Part { literal?: string; name?: string }
interface Compiled { parts: Part[]; literals: number; endsWithSlash: boolean; route: RestRoute }

function compile(route: RestRoute): Compiled {
  const parts = segmentsOf(route.path).map((segment): Part => { const name = parameter.exec(segment)?.[1]; return name ? { name } : { literal: segment }; });
  return { parts, literals: parts.filter((part) => part.literal !== undefined).length, endsWithSlash: route.path.endsWith('/'), route };
}

/** Only compares: every request asks it of every route of its method. */
const fits = (parts: readonly Part[], segments: readonly string[]): boolean =>
  parts.length === segments.length && parts.every(({ literal }, index) => literal === undefined || literal === segments[index]);

const valuesOf = (parts: readonly Part[], segments: readonly string[]): Map<string, string> =>
  new Map(parts.flatMap(({ name }, index) => (name === undefined ? [] : [[name, segments[index]!]])));

export class Router {
  private readonly compiled: readonly Compiled[];

  constructor(routes: readonly RestRoute[]) {
    this.compiled = routes.map(compile).sort((one, other) => other.literals - one.literals);
  }

  /** Whether any route has this path, whatever its method. */
  knows(path: string): boolean {
    const segments = segmentsOf(path);
    return this.compiled.some(({ parts }) => fits(parts, segments));
  }

  /** A route of this method and path, whatever its `when` says. */
  takes(method: RestMethod, path: string): RestRoute | undefined {
    const segments = segmentsOf(path);
    return this.compiled.find(({ route, parts }) => route.method === method && fits(parts, segments))?.route;
  }

  /** Undefined: no such path, or none of its routes takes this method or body. */
  match(method: RestMethod, path: string, input: PredicateInput): RouteMatch | undefined {
    const segments = segmentsOf(path), spelledWithSlash = path.endsWith('/');
    const candidates = this.compiled.filter(({ route, parts }) => route.method === method && fits(parts, segments));
    const best = candidates.filter(({ literals, route }) => literals === candidates[0]!.literals && (route.when?.(input) ?? true));
    const found = best.find(({ endsWithSlash }) => endsWithSlash === spelledWithSlash) ?? best[0];
    return found && { route: found.route, path: valuesOf(found.parts, segments) };
  }
}
