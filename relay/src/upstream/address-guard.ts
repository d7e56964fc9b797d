/** Says which addresses may be connected to. Asked for every connection, of the very address that it will go to: no gap for a name that changes (EGR-02). */
export interface AddressGuard {
  allows(address: string, port: number): boolean;
  /** Takes over the present rules; gives the version that now holds. It changes whenever an address may have become forbidden. */
  refresh(): number;
  readonly version: number;
}
