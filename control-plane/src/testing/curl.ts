/** Reads the curl commands of the documentation, as far as they use it. */
export interface Curl { method: string; url: string; headers: Record<string, string>; body: string | undefined }

/** Words of a command line: single quotes keep everything, double quotes let variables through. */
function words(line: string, variables: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  for (const [, single, double, bare] of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    found.push(single ?? (double ?? bare!).replace(/\$(\w+)/g, (whole, name: string) => variables[name] ?? whole));
  }
  return found;
}

export function readCurl(line: string, variables: Readonly<Record<string, string>>): Curl {
  const curl: Curl = { method: '', url: '', headers: {}, body: undefined }, rest = words(line, variables).slice(1);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-X') curl.method = rest.shift()!;
    else if (word === '-d') curl.body = rest.shift();
    else if (word === '-b' || word === '-c') rest.shift();
    else if (word === '-H') {
      const [, name, value] = /^([^:]+): ?(.*)$/.exec(rest.shift()!)!;
      curl.headers[name!.toLowerCase()] = value!;
    } else if (!word.startsWith('-')) curl.url = word;
  }
  curl.method ||= curl.body === undefined ? 'GET' : 'POST';
  return curl;
}
