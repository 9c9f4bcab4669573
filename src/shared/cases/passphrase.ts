/** Characters; NIST SP 800-63B asks for at least 8. */
export const SHORTEST_PASSPHRASE = 8;
