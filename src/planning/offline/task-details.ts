import { assertNever } from '../../domain/assert-never.ts'
import type { Capability } from '../../kiro/capability.ts'
import { nameOf } from '../../kiro/capability-wording.ts'
import { pluralOf, wordsOfName } from '../../kiro/english.ts'
import { quotedValue } from '../../kiro/data-models.ts'
import type { PlannedCriterion } from './planned.ts'

const acceptance = 'Write an acceptance test over HTTP'

/** What is to be done for a criterion, for whoever carries it out. */
export function taskDetails({ capability, text }: PlannedCriterion): string[] {
  if (capability) return [workOf(capability), acceptance]
  const needs = needsOf(text)
  return [
    needs ?? 'Agree with the client on an example that shows when it is met',
    'Show with a test or a measurement that it holds',
  ]
}

/** The same in a product that is in use, whose parts nobody has named. */
export function changeDetails({ text }: PlannedCriterion): string[] {
  const needs = needsOf(text)
  return [
    'Find the place in the existing code, and change no more than this needs',
    ...(needs === undefined ? [] : [needs]),
    'Write a test that fails before the change and passes after it',
  ]
}

function workOf(capability: Capability): string {
  const one = nameOf(capability.entity)
  const many = pluralOf(one)
  switch (capability.kind) {
    case 'keep':
      return `Describe the ${one} in the schema and store its records`
    case 'create':
      return `Add a form for a new ${one} to the page and take it over the API`
    case 'list':
    case 'view':
      return `Show the ${many} on the page and give them over the API`
    case 'edit':
      return `Let the page open a stored ${one} in its form, and the API replace its values`
    case 'delete':
      return `Add a button that removes the ${one}, after a question back`
    case 'search':
      return `Add a search field over the list of ${many}, and the parameter \`q\` to the API`
    case 'export':
      return `Give the ${many} as a CSV file, safe to open in a spreadsheet`
    case 'filter':
      return `Let the list of ${many} be narrowed to one ${wordsOfName(capability.field)}`
    case 'schedule':
      return `Show the ${many} of one week, ordered by ${wordsOfName(capability.field)}, with a field to choose the week`
    case 'choice':
      return `Add a button to each ${one} that sets its ${wordsOfName(capability.field)} to ${quotedValue(capability.value)}`
    case 'limit':
      return `Count the ${many} before one more is stored, and refuse the one that is too many`
    case 'full':
      return `Check for a free place before a ${one} is stored`
    case 'deadline':
      return `Compare the time left with ${capability.hours} h before the ${wordsOfName(capability.field)} is changed`
    case 'unique':
      return `Look for another ${one} with the same ${wordsOfName(capability.field)} before storing`
    case 'report':
      return `Count the ${many} month by month and show the figures in a table`
    case 'report_export':
      return 'Give the same figures as a CSV file, safe to open in a spreadsheet'
    case 'required':
    case 'wrong_type':
      return `Check every field of a ${one} before it is stored`
    case 'empty_list':
    case 'not_found':
      return `Answer where there is no ${one}`
    default:
      return assertNever(capability)
  }
}

const NEEDS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:e-?mails?|newsletters?)\b/i,
    'Needs a mail server: its address and sender come from the configuration',
  ],
  [
    /\b(?:sms|text messages?|push|notifications?|remind\w{0,5}|alerts?)\b/i,
    'Needs a way to reach people: choose the service with the client',
  ],
  [
    /\b(?:sync\w{0,12}|calendar|import|integrat\w{0,6}|api)\b/i,
    'Needs an account at the other system and its written permission',
  ],
  [
    /\b(?:who is not|log ?in|sign ?in|password|access|permission|role)\b/i,
    'Needs sign-in: decide with the client how people prove who they are',
  ],
  [
    /\b(?:seconds?|minutes?|load|fast|phone|easy|users at)\b/i,
    'Agree on how it is measured, and on which device',
  ],
]

function needsOf(text: string): string | undefined {
  return NEEDS.find(([words]) => words.test(text))?.[1]
}
