import { describe, expect, test } from 'vitest'
import { roleOfName } from './role-names.ts'
import { assignRoles } from './roles.ts'

function talk(...lines: string[]) {
  return lines.map((line) => {
    const [speaker = '', text = ''] = line.split('|')
    return { speaker, text }
  })
}

describe('a name', () => {
  test.each([
    'Agent',
    'AI Assistant',
    'Interviewer 2',
    'Ada Example (host)',
    'bot',
    'Talkwright',
    'Q',
  ])('that states an agent: %s', (name) => expect(roleOfName(name)).toBe('agent'))
  test.each(['Client', 'user_1', 'The customer', 'Ada Example - Client', 'CALLER', 'A'])(
    'that states a client: %s',
    (name) => expect(roleOfName(name)).toBe('client'),
  )
  test.each([
    'Ada Example',
    'User Interface',
    'Project Manager',
    'Travel Agent Guild',
    'spk_1',
    '',
  ])('that states nothing: %j', (name) => expect(roleOfName(name)).toBeUndefined())
})

describe('without such names', () => {
  test('one speaker who answers what two others ask is the client of both', () => {
    const roles = assignRoles(
      talk(
        'spk_0|Thank you for coming. Who will use it?',
        'spk_1|The front desk. They write a diary now.',
        'spk_2|How many people is that?',
        'spk_1|Four people. We need one list for all of them.',
        'spk_0|And do guests book by themselves?',
        'spk_1|Yes, they have to. Which guests do you mean?',
        'spk_0|Members. What else?',
        'spk_1|Reminders, please. They should go out a day before. That is all.',
        'spk_2|Is that by e-mail?',
        'spk_1|By e-mail.',
      ),
    )
    expect(Object.fromEntries(roles)).toEqual({ spk_0: 'agent', spk_1: 'client', spk_2: 'agent' })
  })

  test('people who ask each other are all clients', () => {
    const roles = assignRoles(
      talk(
        'Manager|We design a remote control. What do you think?',
        'Marketing|It should be trendy. How big is it?',
        'Design|Small. Do we want a screen?',
        'Manager|Perhaps. Who uses it?',
        'Marketing|Young people do. Does it beep?',
        'Design|It could.',
        'Manager|Right.',
      ),
    )
    expect([...new Set(roles.values())]).toEqual(['client'])
  })

  test('one question alone makes no interviewer', () => {
    const roles = assignRoles(talk('Ada|What do you need?', 'Ben|A list.', 'Ada|Fine.'))
    expect([...roles.values()]).toEqual(['client', 'client'])
  })
})

test('a named agent makes everyone else a client, however much they ask', () => {
  const roles = assignRoles(
    talk(
      'Interviewer|Hello.',
      'Ada|Can it print?',
      'Ben|Yes. It prints.',
      'Ada|Can it sort?',
      'Ben|Yes. It sorts.',
    ),
  )
  expect(Object.fromEntries(roles)).toEqual({ Interviewer: 'agent', Ada: 'client', Ben: 'client' })
})
