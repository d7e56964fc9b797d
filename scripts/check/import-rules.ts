/** Who may import whom (house style B2): the first rule whose `from` and `mayNot` both match is broken. */
export interface ImportRule {
  from: RegExp;
  /** Matched against the path of the imported file, or the name of the imported package. */
  mayNot: RegExp;
  because: string;
  /** Tests reach further down than what they test. */
  testsMay?: true;
}

const above = (names: string, root = 'relay/src'): RegExp => new RegExp(`^${root}/(${names})(/|\\.ts$)`);

export const importRules: readonly ImportRule[] = [
  // Between packages
  { from: /^relay\//, mayNot: /^(control-plane|admin-ui|e2e)\//, because: 'packages meet at schema.graphql and nowhere else' },
  { from: /^control-plane\//, mayNot: /^(relay|admin-ui|e2e)\//, because: 'packages meet at schema.graphql and nowhere else' },
  { from: /^admin-ui\//, mayNot: /^(relay|control-plane|e2e)\//, because: 'packages meet at schema.graphql and nowhere else' },
  { from: /^e2e\//, mayNot: /^(relay|control-plane|admin-ui)\//, because: 'scenarios speak to processes over the network' },
  { from: /^(relay|control-plane|admin-ui)\//, mayNot: /^scripts\//, because: 'a package must run without the checkout around it', testsMay: true },

  // Inside the relay: main → edge → pipeline → routing, quota, usage, upstream → snapshot; pipeline → providers → dialects → framing; all → failure
  { from: /^relay\/src\/failure\//, mayNot: /^relay\/src\/(?!failure\/)/, because: 'everything imports failure, so it imports nothing', testsMay: true },
  { from: /^relay\/src\/framing\//, mayNot: /^relay\/src\/(?!framing\/|failure\/)/, because: 'framing cuts bytes into frames and knows no dialect', testsMay: true },
  { from: /^relay\/src\/dialects\//, mayNot: above('providers|pipeline|edge|routing|quota|usage|upstream|snapshot|link|main|config'), because: 'a codec knows its wire and nothing else', testsMay: true },
  { from: /^relay\/src\/providers\//, mayNot: above('pipeline|edge|routing|quota|usage|upstream|snapshot|link|main|config'), because: 'a provider is data and the few lines in which it differs', testsMay: true },
  { from: /^relay\/src\/snapshot\//, mayNot: above('pipeline|edge|routing|quota|usage|upstream|main'), because: 'the picture does not know who looks at it', testsMay: true },
  { from: /^relay\/src\/(routing|quota|usage|upstream|link)\//, mayNot: above('pipeline|edge|main'), because: 'the pipeline calls its parts, never the other way', testsMay: true },
  { from: /^relay\/src\/pipeline\//, mayNot: above('edge|main'), because: 'a step must run without a socket', testsMay: true },
  { from: /^relay\/src\/(?!main\.ts$)/, mayNot: /^relay\/src\/main\.ts$/, because: 'only main constructs' },
  { from: /^relay\/src\/(?!edge\/)/, mayNot: /^uWebSockets\.js$/, because: 'only edge/ knows the rules of these sockets', testsMay: true },
  { from: /^relay\/src\/(?!upstream\/|edge\/status-line|usage\/folder-claim|.*testing\/)/, mayNot: /^(node:)?(https?|http2|net|tls)$|^undici$/, because: 'everything that goes out goes through upstream/, which checks each address (EGR-01)', testsMay: true },
  { from: /^relay\//, mayNot: /^(pg|@mikro-orm\/.*)$/, because: 'the relay never talks to PostgreSQL' },

  // Inside the control plane: main → server → resolver → service → entity → kernel
  { from: /^control-plane\/src\/kernel\//, mayNot: /^control-plane\/src\/(?!kernel\/)/, because: 'the kernel knows no feature', testsMay: true },
  { from: /^control-plane\/src\/features\/.*\.entity\.ts$/, mayNot: /\.(service|resolver)\.ts$/, because: 'entities are below services and resolvers' },
  { from: /^control-plane\/src\/features\/.*\.service\.ts$/, mayNot: /\.resolver\.ts$/, because: 'resolvers call services' },
  { from: /^control-plane\/src\/features\//, mayNot: /^control-plane\/src\/(main\.ts|rest\/)/, because: 'a feature does not know how it is reached', testsMay: true },
  { from: /^control-plane\/src\/(?!features\/egress\/|server\/http\/edge\.ts)/, mayNot: /^(undici|(node:)?https?)$/, because: 'features/egress is the one way out: it checks where a request goes', testsMay: true },

  // Inside the console: routes → features → client, gql, ui
  { from: /^admin-ui\/src\/ui\//, mayNot: /^admin-ui\/src\/(features|client|gql)\//, because: 'ui/ knows no word of the domain', testsMay: true },
  { from: /^admin-ui\/src\/client\//, mayNot: /^admin-ui\/src\/features\//, because: 'features use the client', testsMay: true },
];
