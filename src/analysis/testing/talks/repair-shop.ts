import type { ExpectedTalk } from '../expected-talk.ts'

/** A clear client with a choice, a price and a rule about who may. */
export const repairShop: ExpectedTalk = {
  name: 'repair shop',
  kind: 'clear client',
  lines: [
    'A: Hello! Tell me about your business and what you would like to build.',
    'C: I own a bicycle repair shop and I want a website where customers can request a repair.',
    'A: What do you need to know about each repair?',
    'C: For each repair we need the bike model, a description of the problem, the date it came in, an estimated price and the status, which is either received, in progress, ready or collected.',
    'A: And about the customer?',
    'C: Just the name, email and phone.',
    'A: Who does what in the shop?',
    'C: The mechanic changes the status of a repair. Only the owner can set the price.',
    'A: What about notifications?',
    'C: When a repair is ready, the customer should get an email automatically. And customers should be able to check the status of their repair without calling us.',
    'A: Do you want online payments?',
    'C: No, they pay in the shop.',
    'A: Any limits?',
    "C: We can't take more than 15 repairs per day.",
    'A: Anything else?',
    'C: The mechanics should see a list of all open repairs. Oh, and each repair belongs to one customer.',
  ],
  asked: [
    'Customers can request a repair.',
    'The mechanic can change the status of a repair.',
    'Only the owner can set the price.',
    'When a repair is ready, the customer gets an email automatically.',
    'Customers can check the status of their repair without calling the business.',
    'The mechanics can see a list of all open repairs.',
  ],
  limits: ['The system limits repairs to 15 per day.'],
  excluded: ['Online payments are out of scope.'],
  entities: {
    Repair:
      'bikeModel:text description:long_text date:date estimatedPrice:money status:choice customer:reference',
    Customer: 'name:text email:email phone:text',
  },
}
