import type { ExpectedTalk } from '../expected-talk.ts'

/** An agent that pushes its own ideas; the client takes few of them. */
export const toolRental: ExpectedTalk = {
  name: 'tool rental',
  kind: 'agent that pushes its own ideas',
  lines: [
    'A: Great to meet you! I imagine a marketplace with reviews, a chat and a loyalty programme.',
    'C: Well, we rent out tools. People should be able to see which tools are free and reserve a tool for certain days.',
    'A: You could also sell tools with AI recommendations. Customers could get personalised offers every morning!',
    "C: I don't think we need that.",
    'A: Would you like a chat between customers and your staff?',
    'C: No, not really. They can just call us.',
    'A: What is stored about a tool?',
    'C: We store the name, the serial number, the daily fee, the deposit and the condition of each tool.',
    'A: And about a rental?',
    'C: A rental has a customer, a tool, a start date, an end date and a flag whether the deposit was paid.',
    'A: Surely you want a mobile app with push notifications and dark mode?',
    'C: No push notifications please. A website is enough.',
    'A: Should customers get an email when they bring a tool back late?',
    'C: Yes, good idea.',
    'A: A map with live tracking of every tool would be amazing, right?',
    "C: No, we don't need that at all.",
    'A: How long can a tool be rented?',
    'C: A tool can be rented for at most 14 days. And damaged tools must not be rented out.',
    'A: Who manages the tools?',
    'C: Our employees can add a tool, edit it and take it out of service.',
  ],
  asked: [
    'People can see which tools are free.',
    'People can reserve a tool for certain days.',
    'When customers bring a tool back late, they get an email.',
    'Damaged tools must not be rented out.',
    'The employees can add a tool.',
    'The employees can edit a tool.',
    'The employees can take a tool out of service.',
  ],
  welcome: ['The system provides a website.', 'Customers can call the business.'],
  limits: ['The system limits each tool to 14 days.'],
  excluded: [
    'A chat between customers and the staff is out of scope.',
    'A mobile app with push notifications and dark mode is out of scope.',
    'A map with live tracking of every tool is out of scope.',
  ],
  entities: {
    Tool: 'name:text serialNumber:text dailyFee:money deposit:money condition:text',
    Rental: 'customer:text tool:reference startDate:date endDate:date depositPaid:boolean',
  },
}
