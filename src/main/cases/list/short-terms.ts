/** One character or two as a token of letters and digits, which the tokenizer of the search leaves whole. */
export const shortTerm = (term: string): string =>
  [...term].map((character) => `x${character.codePointAt(0)?.toString(16)}`).join('');

/** Every character and every pair of neighbours of each line (folded text, one form a line), as tokens. */
export const shortTermsOf = (text: string): string => {
  const terms = new Set<string>();
  for (const line of text.split('\n')) {
    const characters = [...line];
    characters.forEach((character, index) => {
      terms.add(shortTerm(character));
      const next = characters[index + 1];
      if (next !== undefined) terms.add(shortTerm(character + next));
    });
  }
  return [...terms].join(' ');
};
