/** How many tokens something takes, between a lowest and a highest guess. */
export interface TokenRange {
  low: number
  high: number
}

/**
 * Estimates the tokens of a text without a tokenizer, which differs from model to model. English
 * takes a token for about four characters, tight JSON one for less than three, and other scripts
 * between half a token and two for each character.
 */
export function estimateTokens(text: string): TokenRange {
  let ascii = 0
  let other = 0
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) < 0x80) ascii += 1
    else other += 1
  }
  return { low: Math.floor(ascii / 5 + other / 2), high: Math.ceil(ascii / 2.5 + other * 2) }
}

/** The tokens of several parts together. */
export function addTokens(...ranges: readonly TokenRange[]): TokenRange {
  return {
    low: ranges.reduce((sum, { low }) => sum + low, 0),
    high: ranges.reduce((sum, { high }) => sum + high, 0),
  }
}
