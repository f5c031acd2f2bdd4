import type { BriefItem } from '../../domain/brief.ts'
import type { UserStory } from '../../kiro/tree.ts'
import { actorOf, lowerFirst, sentenceOf, subjectOf } from './sentence.ts'

/** `As a member, I want to book a class on my phone`: no benefit is made up. */
export function storyOf(item: BriefItem | undefined): UserStory {
  if (!item) return { role: 'user', want: 'to use the software', benefit: '' }
  const sentence = sentenceOf(item)
  const { verb, tail, body } = sentence
  const actor = actorOf(item, sentence)
  const role = actor.replace(/^an?\s/, '')
  const only = /^only\s/i.test(sentence.subject)
  const isPerson = item.clause?.actor !== undefined && verb !== '' && verb !== 'be'
  if (isPerson && item.clause?.negated === false && !only) {
    return { role, want: `to ${verb} ${firstPerson(tail)}`.trim(), benefit: '' }
  }
  if (/^(?:the|this) (?:system|software)$/i.test(subjectOf(sentence)) && verb !== '') {
    const negation = item.clause?.negated === true ? 'not ' : ''
    return { role: 'user', want: `the system ${negation}to ${verb} ${tail}`.trim(), benefit: '' }
  }
  return { role: 'user', want: `the system to make sure that ${lowerFirst(body)}`, benefit: '' }
}

function firstPerson(text: string): string {
  return text.replaceAll(/\btheir\b/g, 'my')
}
