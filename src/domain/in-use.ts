/** What a client calls a product of their own; a shop alone may be one of bricks. */
const product =
  '(?:apps?|applications?|(?:online|web|ticket|internet|e-?)[ -]?shop|web ?shop|online store|sites?|web ?sites?|systems?|tools?|platform|portal|software|intranet|program(?:me)?s?)'
const it = `(?:it|that|this|they|which|(?:the|our|my)\\s(?:[\\w-]{1,30}\\s){0,3}${product})`

const signs: readonly RegExp[] = [
  // `we already have a ticket shop`, `we launched an app`, `we've built our own tool`
  new RegExp(
    `\\b(?:we|i)(?:'ve|\\shave)?\\s(?:already|currently)\\s(?:have|had|got|run|operate|sell|built|made|launched|developed|use\\sour)\\s(?:[\\w'-]{1,30}\\s){0,5}?${product}\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:we|i)(?:'ve|\\shave)?\\s(?:built|launched|released|developed|programmed|wrote)\\s(?:a|an|our|the|this|that|my)\\s(?:[\\w-]{1,30}\\s){0,4}?${product}\\b`,
    'i',
  ),
  // `it's been live for two years`, `the app went live in May`, `it is in production`
  new RegExp(
    `\\b${it}(?:'s|\\shas|\\shave|'ve)\\s(?:already\\s)?been\\s(?:live|online|running|in\\s(?:use|production|service)|around|up|out)\\b`,
    'i',
  ),
  new RegExp(
    `\\b${it}(?:'s|\\sis|'re|\\sare)\\s(?:(?:already|now)\\s(?:live|in\\suse)|(?:live|in\\suse)\\s(?:already|now|for|since)|in\\sproduction|up\\sand\\srunning)\\b`,
    'i',
  ),
  new RegExp(`\\b${it}\\s(?:already\\s)?(?:went\\slive|was\\s(?:launched|released))\\b`, 'i'),
  // `it was built with Django`, `the site is written in PHP`
  new RegExp(
    `\\b${it}(?:'s|\\sis|\\swas|\\swere)\\s(?:(?:originally|all|mostly|once)\\s)?(?:built|written|made|programmed|coded|developed)\\s(?:in|with|on|using|by|for\\sus)\\b`,
    'i',
  ),
  // `an agency built it`, `my nephew wrote the app years ago`
  new RegExp(
    `\\b(?:built|wrote|programmed|developed|coded|made)\\s(?:it|(?:this|that|the|our)\\s(?:[\\w-]{1,30}\\s){0,3}?${product})\\b(?:\\sfor\\sus|.{0,30}\\b(?:ago|in\\s(?:19|20)\\d\\d|last\\s(?:year|month|week|spring|summer|autumn|winter)))`,
    'i',
  ),
  // `three schools use it every day`
  new RegExp(
    `\\b(?:use|uses|using|used)\\s(?:it|(?:the|our|this)\\s(?:[\\w-]{1,30}\\s){0,3}?${product})\\s(?:every|each)\\s(?:single\\s)?(?:day|week|month|morning)\\b`,
    'i',
  ),
]

/** A wish or a condition, which tells of nothing that is there: `once it is live`, `it should be built with`. */
const notYet =
  /\b(?:should|would|could|must|will|shall|can|may|might|once|when|whether|until|till|before|if|as soon as|after|to be|want|wants|need|needs|like)\b[^.!?]{0,80}$|(?:'ll|'d)\s[^.!?]{0,80}$|(?:n't|\bnot|\bnever|\bnobody)\s[^.!?]{0,40}$/i

/** Whether a client's words tell of a product of theirs that is there already and in use. */
export function saysInUse(text: string): boolean {
  const said = text.slice(0, 2_000).replaceAll('’', "'")
  return signs.some((sign) => {
    const found = sign.exec(said)
    return found !== null && !notYet.test(said.slice(0, found.index))
  })
}

const fresh = new RegExp(
  `\\b(?:from\\sscratch|re-?buil[dt]|re-?writ(?:e|ten)|start(?:ing)?\\s(?:over|afresh|fresh)|(?:replace|get\\srid\\sof|shut\\sdown|switch\\soff|retire|throw\\sout)\\s(?:it|(?:the|our|that|this)\\s(?:old\\s|current\\s|existing\\s)?${product})|(?:a|an)\\s(?:whole\\s|completely\\s|brand[ -]|totally\\s)?new\\s(?:[\\w-]{1,20}\\s){0,2}?(?:${product}|one))\\b`,
  'i',
)

/** Whether a client's words ask for something new in the place of what is there. */
export function wantsAnew(text: string): boolean {
  const said = text.slice(0, 2_000).replaceAll('’', "'")
  const found = fresh.exec(said)
  return (
    found !== null &&
    !/(?:n't|\b(?:not|no|never|without))\b[^.!?]{0,60}$/i.test(said.slice(0, found.index))
  )
}
