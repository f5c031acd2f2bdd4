import type { Turn } from '../../domain/turn.ts'

/** How clients begin when they agree or decline, in the languages of most talks; in small letters. */
const fillers =
  /^(?:[\s\p{P}]|(?:oh|ah|well|um+|uh+|so|and|hmm+|okay so|äh+|euh|pues|bueno|also)(?![\p{L}]))*/u
const agreement =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|right|exactly|correct|absolutely|definitely|certainly|of course|please do|agreed|i agree|i do|we do|sounds (?:good|great|right|fine)|that(?:'s| is| would be| sounds|'d be) (?:a )?(?:\w+ )?(?:good|great|nice|fine|perfect|right|it|correct|ideal|helpful|useful)|perfect|great|good idea|great idea|nice idea|let's|true|indeed|fine|go ahead|why not|go for it|ja|jawohl|genau|gerne|klar|natürlich|einverstanden|oui|d'accord|bien sûr|exactement|volontiers|sí|si|claro|vale|de acuerdo|por supuesto|sim|claro|com certeza|certo|va bene|esatto|tak|oczywiście|zgoda|graag|natuurlijk|prima|evet|tamam|elbette|igen|ano|kyllä|да|конечно|хорошо|верно|согласен|согласна|是|好|对|可以|没问题|当然|はい|ええ|そうです|お願いします|いいですね|네|예|좋아요|맞아요|نعم|أجل|بالتأكيد|हाँ|हां|जी|ठीक)(?![\p{L}\p{N}])/u
const agreementCjk = /^(?:是的|好的|对的|可以|没问题|当然|はい|ええ|そう|お願い|いい|네|예|좋|맞)/u
const refusal =
  /^(?:no|nope|nah|not (?:really|now|yet|needed|necessary|for now|interested)|never|don't|do not|we don't|i don't|rather not|skip|leave (?:it|that)|forget it|nein|lieber nicht|non|não|nie|nee|hayır|nej|ei|нет|не надо|不|不用|不要|いいえ|いりません|아니|아뇨|لا|नहीं)(?![\p{L}\p{N}])/u
const refusalCjk = /^(?:不|没必要|いいえ|いや|いりません|아니)/u
const doubt =
  /\b(?:not sure|don't know|do not know|maybe|perhaps|have to think|need to think|let me think|later|we'll see|i guess not|depends)\b/

/** A yes that leaves it to the other: `I guess so`, `sure, if you think so`. */
const lukewarm =
  /^(?:\S{1,12}[ ,]+){0,2}(?:i (?:guess|suppose)(?: so| that's (?:fine|ok|okay))?|if you (?:think|say|like)(?: so)?|whatever(?: you (?:think|like|want))?|(?:it's )?up to you|you decide|i don't mind)(?:[ ,]+\S{1,12}){0,2}[ .!…]*$/

export type Reply = 'agrees' | 'declines' | 'neither'

/** How a turn answers what was said before it, by its first words. */
export function replyIn(text: string): Reply {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('’', "'").slice(0, 300)
  const start = plain.replace(fillers, '')
  if (refusal.test(start) || refusalCjk.test(start)) {
    return /^no (?:problem|doubt|worries)/.test(start) ? 'agrees' : 'declines'
  }
  if (
    /\b(?:not (?:now|yet|needed|necessary|for now)|another time|no need)\b/.test(start.slice(0, 60))
  )
    return 'declines'
  const [first = ''] = plain.split(/(?<=[.?!…])\s/)
  if (doubt.test(plain.slice(0, 120)) || lukewarm.test(first.trim())) return 'neither'
  return agreement.test(start) || agreementCjk.test(start) ? 'agrees' : 'neither'
}

/** The client's turn that answers what stands in this turn; undefined when no client spoke next. */
export function answerTo(turnId: string, turns: readonly Turn[]): Turn | undefined {
  const at = turns.findIndex(({ id }) => id === turnId)
  if (at < 0) return undefined
  // An agent may go on over several turns before the client gets a word in.
  const next = turns.slice(at + 1, at + 5).find(({ role }) => role === 'client' || role === 'agent')
  if (next === undefined) return undefined
  return next.role === 'client' ? next : answerTo(next.id, turns.slice(at + 1))
}

/** The first sentence of a turn, verbatim. */
export function firstSentence({ text }: Turn): string {
  const end = text.search(/[.?!。！？](?:\s|$)|\n/)
  const sentence = (end < 0 ? text : text.slice(0, end + 1)).trim()
  return sentence.slice(0, 500).replace(/[\uD800-\uDBFF]$/, '') || text.slice(0, 500).trim()
}
