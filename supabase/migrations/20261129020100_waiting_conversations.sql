-- Conversations that have no project yet are listed: by their workspace, the newest first.
create index conversations_without_project on public.conversations
  (workspace_id, created_at desc, id desc)
  where status in ('live', 'ended', 'no_dialogue') and continues is null;

-- Why the transcript of one could not be fetched.
create index dead_letters_conversation on public.dead_letters ((data ->> 'conversationId'))
  where resolved_at is null and stage = 'fetch';
