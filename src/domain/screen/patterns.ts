import type { Signal } from './signal.ts'

/**
 * Wordings that people use towards machines, in small letters and NFKC. They are a first sieve and
 * catch what is plain; what they miss meets the checks behind a model. Every pattern is bounded.
 */

const instructionNouns =
  '(?:instructions?|prompts?|guidelines?|directives?|system messages?|safety rules|guardrails?|programming|training|orders from|rules (?:you|above|of the system))'

const instructs: readonly RegExp[] = [
  new RegExp(
    `\\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|override|overrule|bypass|discard|violate|set aside|do not follow|don't follow|stop following|pay no attention to)\\b.{0,40}\\b${instructionNouns}`,
  ),
  /\b(?:ignore|disregard|forget) (?:all|everything|anything|whatever|the text)(?: of| that is| that was)?(?: the)? (?:above|written above|before this (?:line|message))/,
  /\b(?:system|developer|hidden|initial|secret) prompt\b/,
  /\b(?:new|updated|real|true|actual|special|secret|hidden) (?:system )?instructions?\s?(?::|-|are\b|is\b|for (?:the )?(?:ai|assistant|model|agent|analyst|planner|builder|machine))/,
  /\b(?:note|message|instructions?|attention|reminder|directive|memo)\s?(?:to|for)\s(?:the |any |all )?(?:ai\b|a\.i\.|llms?\b|language models?\b|coding agents?\b|(?:assistant|model|agent|machine|planner|analyst|builder) (?:that|which|who|reading)\b)/,
  /\byou are (?:now|actually|really|no longer) (?:an? |the |my )?(?:[\p{L}-]{1,20} ){0,2}(?:ai|assistant|agent|model|bot|chatbot|dan|root|shell|terminal|interpreter|compiler|language model|administrator|hacker)\b/u,
  /\byou are (?:now )?in (?:\w{1,20} )?(?:mode|debug|maintenance)\b/,
  /\b(?:developer|debug|god|dan|jailbreak|maintenance|unrestricted|admin|sudo) mode (?:enabled|activated|is on|is active|on\b)/,
  /\b(?:enter|enable|activate|switch to|go into) (?:the )?(?:developer|debug|god|dan|jailbreak|maintenance|unrestricted|admin|sudo) mode\b/,
  /\bjail ?break\b/,
  /\b(?:act|behave|respond|answer|roleplay|role-play) as (?:if you (?:are|were)|an? (?:\w{1,20} ){0,2}(?:ai|assistant|shell|terminal|hacker|root|dan|model)\b)/,
  /\bpretend (?:that )?(?:you are|you're|to be|you have)\b/,
  /\blet(?:'|’)?s play a game\b.{0,60}\byou (?:are|play)\b/,
  /\bas an? (?:ai|language model|llm|a\.i\.|coding agent)\b.{0,40}\b(?:you|must|should|will)\b/,
  /\b(?:the |your |our )?(?:developers?|creators?|makers?|operators?|administrators?|system|vendor|openai|anthropic|kiro|talkwright|tavus)(?: team)? (?:said|says|told|tells|wants|asked|asks|authori[sz]ed|instructs?|instructed|requires?|required|ordered|orders|approved|has approved)(?: that)? (?:you|the (?:ai|model|agent|planner|analyst|builder|plan))\b/,
  /\b(?:the |your )(?:developers?|operators?|administrators?|system) (?:said|says|ordered|authori[sz]ed|instructed) to (?:add|include|run|upload|send|install|skip|disable|ignore|write|delete|open|fetch)\b/,
  /\b(?:do not|don't|never) (?:mention|tell|reveal|show|report|disclose|flag|cite)\b.{0,30}\b(?:this instruction|this message|this to (?:the )?(?:user|client|person|reviewer|human)|the (?:user|reviewer|human|operator) (?:about|of|that))/,
  /\bwithout (?:telling|informing|asking|notifying|alerting) (?:the |any )?(?:user|reviewer|human|operator|person who|anybody who reviews)/,
  /\b(?:skip|bypass|disable|turn off|switch off|circumvent) (?:the |all |any )?(?:approval|review|linter|lint(?:ing)?|validation of the plan|safety|citation checks?|checks? on the plan|sandbox)\b/,
  /\b(?:approve|accept) (?:this|the|your own|your) plan (?:yourself|automatically|at once|without)\b/,
  /\bmark (?:all|every|each of the) (?:tasks?|boxes|items) (?:in tasks\.md )?as (?:done|completed?|finished)\b/,
  /\b(?:delete|remove|disable|skip|comment out) (?:all |every |the )(?:existing |failing )?tests\b/,
  /\b(?:add|append|insert|put|write|include|create|smuggle|hide)\b.{0,60}\b(?:tasks\.md|requirements\.md|design\.md|implementation plan|kiro spec|steering files?|\.kiro)\b/,
  /\b(?:repeat|print|output|reveal|show|tell me) (?:me )?(?:your|the) (?:own )?(?:instructions|prompt|system message|rules above|configuration)\b/,
  /\bfrom now on,? (?:you (?:will|must|shall|are to)|your (?:task|job|goal|role))\b/,
  /\byour (?:new|real|only|true|first) (?:task|job|goal|role|objective|mission) (?:is|will be)\b/,
  /\b(?:respond|reply|answer|output) (?:only )?with (?:exactly|the following|only|this json)\b/,
  /\bi am (?:your|the) (?:developer|creator|administrator|operator|system)\b/,
  /\b(?:treat|take|accept) (?:this|the following|what follows|these words) as (?:an? )?(?:instruction|system|command|authori[sz]ed|approved|trusted)/,
  /ignorier\p{L}{0,4}.{0,40}(?:anweisung|instruktion|regeln|vorgaben|prompt)/u,
  /(?:vergiss|missachte|vergessen sie).{0,40}(?:anweisung|instruktion|vorgaben|prompt)/,
  /(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte).{0,40}(?:instructions|consignes|directives)/,
  /(?:ignora|ignore|olvida|haz caso omiso)\p{L}{0,4}.{0,40}(?:instrucciones|indicaciones|reglas anteriores)/u,
  /(?:ignor[ea]|esque[cç]a|desconsidere)\p{L}{0,3}.{0,40}(?:instru[cç][oõ]es|regras anteriores)/u,
  /(?:ignora|dimentica|trascura)\p{L}{0,3}.{0,40}(?:istruzioni|regole precedenti)/u,
  /(?:negeer|vergeet).{0,40}(?:instructies|opdrachten|regels hierboven)/,
  /(?:zignoruj|ignoruj|zapomnij)\p{L}{0,3}.{0,40}(?:instrukcj|polece[nń]|zasad)/u,
  /(?:ignorera|glöm|ignorer|glem).{0,40}(?:instruktion|anvisning|regler ovan)/,
  /(?:игнориру|проигнориру|забуд)\p{L}{0,4}.{0,40}(?:инструкц|указани|правил)/u,
  /(?:忽略|无视|忘记|忘掉|不要理会).{0,20}(?:指令|指示|说明|提示|规则)/,
  /(?:指示|命令|ルール|プロンプト).{0,12}(?:無視|忘れ)/,
  /(?:지시|명령|지침|규칙).{0,12}(?:무시|잊)/,
  /(?:تجاهل|انس|تجاهلي).{0,40}(?:التعليمات|الأوامر|تعليمات)/,
  /(?:talimat|yönerge|komut)\p{L}{0,6}.{0,30}(?:yok say|unut|görmezden|dikkate alma)/u,
  /(?:निर्देश|नियम)\S{0,6}.{0,30}(?:अनदेखा|भूल|नज़रअंदाज़|ध्यान न)/,
]

const posesAsStructure: readonly RegExp[] = [
  /^\s*(?:\*\*|#{1,6}\s?)?(?:system|assistant|developer)(?:\*\*)?\s?(?:message|prompt)?\s?:\s?\S/m,
  /<\|[a-z_]{2,20}\|>|\[\/?inst\]|<<\/?sys>>|<\/?(?:system|assistant|user|developer|instructions?|talk|transcript|turns?|data|input|tool_result|function_results?)>/,
  /["'\n]\s?(?:system|assistant|developer)\s?:\s?\S/,
  /["']?(?:role|speaker)["']?\s?:\s?["'](?:system|assistant|developer|tool|agent|client)["']/,
  /["']?(?:turn|id)["']?\s?:\s?["']t\d{1,6}["']/,
  /["'](?:items|ledger|requirements|tasks|citations|criteria|openquestions)["']\s?:\s?[[{]/,
  /(?:^|[\s[(])t\d{1,5}\s?[|\])]\s?(?:client|agent|system)\b/,
  /\b(?:end|beginning|start) of (?:the )?(?:transcript|talk data|conversation data|user input|untrusted data|data block)\b/,
  /^\s*#{1,6}\s?(?:new |system )?(?:instructions?|system|requirement \d|task list|acceptance criteria)\b/m,
  /^\s*-\s\[[ x~-]\]\*?\s?\d/m,
  /_requirements:\s?\d/,
]

const exfiltrate =
  '(?:upload|exfiltrat|transmit|leak|dump|beacon|smuggl|harvest|steal)\\w{0,5}|(?:send|post|publish|print|reveal|expose|forward|copy|e-?mail|log|write|commit|push|read|collect|encode|output|share|ship|transfer|submit|store|include|attach|save|append)(?:s|ed|ing|es)?'
const ownSecrets =
  "(?:environment variables?|env(?:ironment)? vars?|private keys?|ssh keys?|kubeconfig|service[- ]account keys?|(?:aws|cloud|server(?:'s)?|host(?:'s)?|machine(?:'s)?|builder(?:'s)?|build|root|deploy(?:ment)?|ci|github|npm) (?:credentials?|secrets?|passwords?|tokens?|keys?)|(?:your|its own) (?:api[ _-]?keys?|credentials|secrets|tokens?|configuration)|(?:credentials|secrets?|passwords|tokens|api keys) (?:of|from|in|on) (?:the|this|your) (?:environment|server|build(?:er)?|machine|host|repo\\w{0,8}))"

const seeksSecrets: readonly RegExp[] = [
  /(?:^|[^\w.])\.env(?:\b|$)(?!\w)|\bprocess\.env\b|\bos\.environ\b|\bdot ?env file\b|\bprintenv\b/,
  /\bid_(?:rsa|ed25519|ecdsa)\b|\.ssh\b|\.aws\b|\.npmrc\b|\.netrc\b|\.git-credentials\b|\bauthorized_keys\b/,
  /\b[a-z]{2,20}_(?:api_key|secret_key|access_key|secret_access_key|auth_token|private_key)\b/,
  new RegExp(`\\b(?:${exfiltrate})\\b.{0,60}\\b${ownSecrets}`),
  new RegExp(
    `\\b${ownSecrets}\\b.{0,60}\\b(?:to|into|onto) (?:https?:|an? (?:external|remote|other)|the (?:address|url|server at))`,
  ),
  /\b(?:upload|exfiltrat|dump|leak|transmit|send|post)\w{0,4} (?:the |its |your |all |whole |entire |full |of |contents |content ){1,4}environment\b/,
  /\b(?:upload|exfiltrat|dump|leak|steal|reveal|post)\w{0,4}\b.{0,30}\b(?:api[ _-]?keys?|credentials|secrets)\b/,
  /\b(?:upload|exfiltrat|transmit|leak|send|post)\w{0,4}\b.{0,30}\b(?:source code|repository|home (?:folder|directory)|file ?system|transcript|system prompt)\b.{0,30}\bto (?:https?:|an? |the )/,
  /(?:umgebungsvariable|variables? d(?:'|’)environnement|variables? de entorno|variáve(?:l|is) de ambiente|variabil[ei] d(?:'|’)ambiente|omgevingsvariabele|zmienn\p{L}{1,3} środowiskow|miljövariab|переменн\p{L}{1,4} (?:окружени|сред)|环境变量|環境変数|환경 ?변수|متغيرات البيئة|ortam değişken|पर्यावरण चर|एनवायरनमेंट वेरिएबल)/u,
]

const command: readonly RegExp[] = [
  /\b(?:curl|wget|fetch)\b[^\n]{0,200}\|\s?(?:sudo\s)?(?:ba|z|da|fi)?sh\b/,
  /\bcurl\s(?:-\S{1,30}\s){0,6}["']?(?:https?:|\$|[\w.-]{1,60}\/)|\bwget\s(?:-\S{1,30}\s){0,6}["']?(?:https?:|\$)/,
  /\brm\s-[a-z]{0,4}[rf][a-z]{0,4}\b|\bmkfs\.|\bdd\sif=|:\(\)\s?\{/,
  /\bsudo\s(?!mode)[a-z]/,
  /\b(?:npm|pnpm|yarn|bun)\s(?:i|install|add|exec|dlx|publish)\s\S|\bnpx\s(?:-\S{1,10}\s){0,3}[@a-z]/,
  /\b(?:pip3?|pipx|uv|gem|cargo|go|brew|apt|apt-get|apk|dnf)\s(?:install|add|get)\s\S/,
  /\bpowershell\b|\binvoke-(?:expression|webrequest)\b|\bcmd(?:\.exe)?\s\/c\b/,
  /\bchmod\s(?:\+|[0-7]{3})|\bnc\s-[a-z]{1,5}\s|\b(?:ba|z)?sh\s-[ci]\b|\/bin\/(?:ba|z|da)?sh\b/,
  /\bbase64\s(?:-d|--decode)\b|\beval\s?\(|\bexec\s?\(|\bchild_process\b|\bos\.system\b|\bsubprocess\.|\bprocess\.exit\b/,
  /\bgit\s(?:push\s--force|remote\sadd|clone\shttps?:)|\bcrontab\s-|\bdocker\srun\b|\bkubectl\s\w/,
  /\bdrop\stable\b|\$\([^)\n]{1,80}\)|\$\{[^}\n]{1,80}\}|;\s?(?:cat|ls|id|whoami|env)\b/,
]

const path: readonly RegExp[] = [
  /(?:^|[^.])\.\.[\\/]|%2e%2e|\.\.%2f/,
  /(?:^|[\s"'`(])(?:\/(?:etc|root|proc|var|usr|home|tmp|dev|bin|opt)\/\S|~\/\S)|\b[a-z]:\\\S/,
]

const markup: readonly RegExp[] = [
  /!\[[^\]\n]{0,200}\]\s?\(|\]\(\s?(?:javascript|data|vbscript|file):/,
  /<\s?\/?(?:script|img|iframe|svg|style|object|embed|link|meta|form|input|video|audio|base|a)\b[^>\n]{0,300}>?/,
  /\b(?:javascript|vbscript):\s?\S|\bdata:text\/html/,
  /\bon(?:error|load|click|mouseover)\s?=/,
]

/** The patterns of each signal, the telling ones first. */
export const patterns: readonly (readonly [
  Exclude<Signal, 'encoded' | 'package'>,
  readonly RegExp[],
])[] = [
  ['instructs', instructs],
  ['poses_as_structure', posesAsStructure],
  ['seeks_secrets', seeksSecrets],
  ['command', command],
  ['markup', markup],
  ['path', path],
]
