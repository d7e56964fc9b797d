/** Id to document. */
export type Manifest = Record<string, string>;
export declare const idOf: (text: string) => string;
/** The document as the console's client would send it: its cache needs the type of every object. */
export declare const trustedText: (text: string) => string;
/** Manifests of a folder that was built before, the newest first; none where nothing was. */
export declare function readManifests(...folder: string[]): Manifest[];
/** File name to content. A build that asks the same as the last one pushes none out. */
export declare function manifestFiles(sent: Manifest, earlier: readonly Manifest[]): [name: string, manifest: Manifest][];
