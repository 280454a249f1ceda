/** What the scripts of a page share with each other and with the libraries beside them. For the type checker only. */

/** A node of a tree: a text, or a tag with its attributes and children. */
export type TreeNode = string | number | null | [string, Record<string, any>, TreeNode[]];
/** Which page is on screen, as the server said with it. */
export type Shown = { page: string; title: string; snapshot: string };
/** What an answer that is none says, and where it leads. */
export type Failure = { words: string; link: { label: string; href: string } | null };
/** Sentences of the server's that scripts say, by name. */
export type Words = Record<string, string>;

declare global {
  interface Window {
    React: any;
    ReactDOM: any;
    DashRenderer: new () => unknown;
    dash_clientside: any;
    dashAgGridComponentFunctions: any;
    dashAgGridFunctions: any;
    dash_bootstrap_components: any;
    oversight_markup: any;
    oversightShown?: Shown;
    Plotly: any;
    renderer: unknown;
  }
}
