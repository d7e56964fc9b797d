/** What the explorer's page is made of beside GraphiQL. Scripts are files, so that the content policy needs no exception for them. */
export const explorerPath = '/graphql/explorer';

const style = 'html,body,#root{height:100%;margin:0}body{font:15px/1.5 system-ui,sans-serif;color-scheme:light dark}main{max-width:40rem;margin:4rem auto;padding:0 1rem}';

const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Weir: GraphQL explorer</title><style>${style}</style>`;

export const explorerPage = `${head}<link rel="stylesheet" href="${explorerPath}/graphiql.css"></head><body class="no-focus-outline"><div id="root"></div>
<script defer src="${explorerPath}/workers.js"></script><script defer src="${explorerPath}/graphiql.js"></script><script defer src="${explorerPath}/start.js"></script></body></html>`;

export const signInPage = `${head}</head><body><main><h1>GraphQL explorer</h1><p>The schema is for the signed-in. <a href="/sign-in">Sign in</a>, then open this page again.</p></main></body></html>`;

/** Before GraphiQL: where its editor finds its workers. */
export const workersScript = `self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_id, label) => ${JSON.stringify(explorerPath)} + '/' + label + '.js' };`;

const welcome = `# Every operation of the console and of the REST API is here: press Ctrl-Space for what there is.
query WhoAmI {
  viewer {
    user { username quota usedQuota }
    permissions
  }
  rateLimit { limit remaining restoreRate }
}
`;

const options = JSON.stringify({ method: 'POST', additionalHeaders: { 'x-requested-with': 'explorer' }, defaultQuery: welcome, title: 'Weir: GraphQL explorer', shouldPersistHeaders: false });

/**
 * The session's cookie is sent by the browser; the header says that this is no form of another site. Streams have a door of their own: GraphiQL
 * asks a function for the address of each operation, and takes it as text where it wants the one of the schema.
 */
export const startScript = `const doorOf = ({ operationType }) => (operationType === 'subscription' ? '/graphql/stream' : '/graphql');
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), { ...${options}, endpoint: Object.assign(doorOf, { toString: () => '/graphql' }) });`;
