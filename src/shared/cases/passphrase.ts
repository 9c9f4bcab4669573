/** Characters; NIST SP 800-63B asks for at least 8. */
export const SHORTEST_PASSPHRASE = 8;

/** Of an export: whoever has the file can try without end. */
export const SHORTEST_EXPORT_PASSPHRASE = 12;
