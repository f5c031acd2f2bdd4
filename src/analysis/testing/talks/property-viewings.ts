import type { ExpectedTalk } from '../expected-talk.ts'

/** A client who lists by role and uses `he or she`, `whoever` and plain present tense. */
export const propertyViewings: ExpectedTalk = {
  name: 'property viewings',
  kind: 'clear client',
  lines: [
    'A: Tell me about the project.',
    'C: We are a real estate agency with twelve agents. We need a tool to organise viewings of flats and houses.',
    'A: Walk me through it.',
    'C: An agent creates a property with the address, the rent, the number of rooms, the floor area and the type, which can be flat, house or office. Then he publishes it. Visitors can filter properties by rent and by number of rooms.',
    'A: How is a viewing arranged?',
    'C: Visitors request a viewing. The agent either confirms or rejects the request. After the viewing the agent writes down feedback.',
    'A: What do you record for every viewing?',
    'C: For every viewing we record the property, the visitor, the date and time, the feedback and whether the visitor is interested.',
    'A: Any rules?',
    'C: Nobody may book two viewings at the same time. A viewing takes at least 20 minutes. And we allow up to 8 visitors per viewing.',
    'A: Do you use other systems?',
    'C: We use Outlook, so it should sync with our Outlook calendars.',
    'A: Which languages?',
    'C: English and German. Whether we also need French is not decided yet.',
    'A: And the budget?',
    'C: We can spend about 15,000 euros.',
    'A: Anything that is not part of it?',
    'C: Contracts are out of scope, we have a separate system for those.',
  ],
  asked: [
    'The system is available in English and German.',
    'The agent can create a property.',
    'The agent can publish a property.',
    'Visitors can filter properties by rent and by number of rooms.',
    'Visitors can request a viewing.',
    'The agent can confirm the request.',
    'The agent can reject the request.',
    'After the viewing the agent writes down feedback.',
    'Nobody can book two viewings at the same time.',
    'The system syncs with the Outlook calendars.',
    'The budget is about 15,000 euros.',
  ],
  welcome: ['The goal is a tool to organise viewings of flats and houses.'],
  limits: [
    'The system requires at least 20 minutes for each viewing.',
    'The system limits each viewing to 8 visitors.',
  ],
  excluded: ['Contracts are out of scope.'],
  open: ['Is it decided whether the business also needs French?'],
  entities: {
    Property: 'address:text rent:money rooms:number floorArea:number type:choice',
    Viewing:
      'property:reference visitor:text dateAndTime:datetime feedback:long_text interested:boolean',
  },
}
