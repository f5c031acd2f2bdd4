import type { ExpectedTalk } from '../expected-talk.ts'

/** Polite conditionals, an elderly client who digresses. */
export const allotment: ExpectedTalk = {
  name: 'allotment gardens',
  lines: [
    'A: Good afternoon! Please tell me about your association.',
    "C: Good afternoon. We are an allotment association, you know, little gardens. There are 140 plots, and I have been the chairman for eleven years. My wife says it's time to stop using index cards.",
    'A: What is on an index card?',
    'C: The plot number, the size in square metres, the yearly rent, the name of the tenant, the phone number, and whether the rent has been paid.',
    'A: What would you like to do with that information?',
    'C: I would like to search for a plot by number or by tenant. It would be good if the treasurer could mark the rent as paid. And we would like to print a list of everybody who has not paid.',
    'A: Is there a waiting list for plots?',
    'C: Oh yes, a long one. People should be able to put themselves on the waiting list on our website. An applicant has a name, an address, an email and the date of the application.',
    'A: When a plot becomes free, what happens?',
    'C: When a plot becomes free, the first applicant on the list should be contacted by email. He has to answer within 14 days.',
    'A: Would you want a forum for the gardeners?',
    'C: Oh no, please no forum. They quarrel enough already.',
    'A: Who may change the data?',
    'C: Only the board may change the data of a plot. Tenants can only see their own plot.',
    'A: May a tenant rent several plots?',
    'C: At most two plots per tenant.',
    'A: And water meters?',
    "C: That's a good question. We have not decided whether tenants enter the meter readings themselves.",
  ],
  asked: [
    'Users can search for a plot by number or by tenant.',
    'The treasurer can mark the rent as paid.',
    'Users can print a list of everybody who has not paid.',
    'People can put themselves on the waiting list on the website.',
    'When a plot becomes free, the system contacts the first applicant on the list by email.',
    'The applicant must answer within 14 days.',
    'Only the board can change the data of a plot.',
    'Tenants can only see their own plot.',
  ],
  welcome: ['Users can stop using index cards.'],
  limits: ['The system limits each tenant to two plots.'],
  excluded: ['A forum for the gardeners is out of scope.'],
  open: ['Is it decided whether tenants enter the meter readings themselves?'],
  entities: {
    Applicant: 'name:text address:text email:email date:date',
    Card: 'plotNumber:text size:number yearlyRent:money name:text phoneNumber:text rentPaid:boolean',
  },
}
