import type { ExpectedTalk } from '../expected-talk.ts'

/** A rambling client who also changes her mind. */
export const cleaningService: ExpectedTalk = {
  name: 'cleaning service',
  kind: 'rambling client',
  lines: [
    "A: Hi! So what's the idea?",
    "C: Right, so, I've been cleaning flats for twenty years now, first alone, then with my cousin, who moved to Porto by the way, and now there are eleven of us. And it's chaos! It's all in my head and on little notes. I would love customers to be able to request a cleaning with a date and a time.",
    'A: And then?',
    "C: Then I look at it, I drink my coffee, and I decide who goes. I need to assign a cleaner to each request. And the cleaner should get a message with the address, because they always call me for the address, every single time, it's maddening.",
    'A: What do you keep of a request?',
    'C: The address, the size of the flat, the date, the time and the wishes of the customer. Some have wishes, I tell you.',
    'A: How do the cleaners report back?',
    "C: They should tap a button when they are done. My cousin always forgot. And if it's not done by six in the evening, I'd like to get an alert.",
    'A: How do you invoice?',
    'C: At the moment I write invoices by hand on Sundays. The system should create an invoice at the end of the month for each customer. We pay by transfer, so there is no need for card payments.',
    'A: Should cleaners be able to swap jobs?',
    'C: Cleaners can swap jobs with each other. Hmm, no, scratch that. That would end in tears. Cleaners must not swap jobs.',
    'A: Anything else?',
    "C: It shouldn't be ugly. And it has to be in Portuguese too, half of my people don't read English. Oh, and my daughter says it must be GDPR compliant, whatever that means.",
  ],
  asked: [
    't2 | Customers can request a cleaning with a date and a time.',
    't4 | Users can assign a cleaner to each request.',
    't4 | The cleaner gets a message with the address.',
    't8 | When they are done, cleaners tap a button.',
    't8 | If a cleaning is not done by six in the evening, the client gets an alert.',
    't10 | The system creates an invoice at the end of the month for each customer.',
    't12 | Cleaners cannot swap jobs.',
    't14 | The system is available in Portuguese.',
    't14 quality | The system is GDPR compliant.',
  ],
  welcome: [
    't14 preference | The system is not ugly.',
    "t10 goal | The software replaces today's way of working, in which the business writes invoices by hand.",
  ],
  excluded: ['t10 | Card payments are out of scope.'],
  entities: {
    Request: 'address:text size:number date:date time:datetime wishes:long_text',
  },
}
