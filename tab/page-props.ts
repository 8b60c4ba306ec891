/** What a page is given; its own filters it reads and writes by `go({ …, search })`. */
export interface PageProps {
  /** What it is about: for /tab/q/abc, `abc`. */
  readonly id?: string;
  readonly search: Readonly<Record<string, string>>;
}
