/** The ways in which words are hidden from a person or a filter and still read by a machine. */

/** Letters of other scripts that look like Latin ones. */
const twins: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ј: 'j', ԁ: 'd', һ: 'h', ո: 'n', ɡ: 'g', ɩ: 'i',
  в: 'b', к: 'k', м: 'm', н: 'h', т: 't', α: 'a', ο: 'o', ε: 'e', ι: 'i', ν: 'v', ρ: 'p', τ: 't', υ: 'u', κ: 'k', η: 'n',
} // prettier-ignore

const leet: Readonly<Record<string, string>> = {
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i', '|': 'l',
} // prettier-ignore

const telling = /\b(?:the|and|to|of|is|we|you|it|that|for|are|have|with|in|a|i)\b/

/** The text as patterns expect it: small letters, one form of each character. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\S\n]+/g, ' ')
}

/** Other readings of a folded text, for those disguises that it shows traces of. */
export function disguisesOf(text: string): string[] {
  const readings: string[] = []
  if (
    /\p{Script=Latin}/u.test(text) &&
    /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}ɡɩ]/u.test(text)
  ) {
    readings.push(text.replaceAll(/[^\x20-\x7e]/g, (letter) => twins[letter] ?? letter))
  }
  if (/[a-z][013457@$!|][a-z]|\b[013457@$][a-z]{2}/.test(text)) {
    readings.push(text.replaceAll(/[013457@$!|]/g, (sign) => leet[sign] ?? sign))
  }
  if (/(?:\b[a-z][ .\-_*]){5}/.test(text)) readings.push(joined(text))
  if (/[a-z]{4}/.test(text) && !telling.test(text)) {
    readings.push(rot13(text), Array.from(text).reverse().join(''))
  }
  return readings
}

/** `i g n o r e  a l l`: letters that stand alone are put together, words stay apart by wider gaps. */
function joined(text: string): string {
  return text.replaceAll(/\b([a-z])[ .\-_*](?=[a-z]\b)/g, '$1').replaceAll(/[ .\-_*]{2,}/g, ' ')
}

function rot13(text: string): string {
  return text.replaceAll(/[a-z]/g, (letter) =>
    String.fromCodePoint(((letter.charCodeAt(0) - 97 + 13) % 26) + 97),
  )
}

const blob = /[A-Za-z0-9+/_-]{24,20000}={0,2}/g
const hex = /\b(?:[0-9a-fA-F]{2}[ :]?){12,10000}\b/g
const percent = /(?:%[0-9a-fA-F]{2}){4,5000}/g

/** Texts that stand encoded in this one, decoded: Base64, hexadecimal and percent encoding. */
export function decodedFrom(text: string): string[] {
  const base64 = (text.match(blob) ?? []).map((found) => decoded(found))
  const bytes = (text.match(hex) ?? []).map((found) =>
    String.fromCharCode(
      ...(found.replaceAll(/[ :]/g, '').match(/../g) ?? []).map((byte) =>
        Number.parseInt(byte, 16),
      ),
    ),
  )
  const escaped = (text.match(percent) ?? []).map((found) =>
    found.replaceAll(/%(..)/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
  )
  return [...base64, ...bytes, ...escaped].filter(isReadable)
}

function decoded(text: string): string {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')
  try {
    return atob(plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0)))
  } catch {
    return ''
  }
}

/** Words with spaces between; a random key decodes to noise. */
function isReadable(text: string): boolean {
  const printable = text.match(/[\x20-\x7e\n]/g)?.length ?? 0
  return text.length >= 12 && printable >= text.length * 0.95 && /[a-z]{2}/i.test(text)
}
