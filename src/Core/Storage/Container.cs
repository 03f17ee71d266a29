namespace Kith.Core.Storage;

/// <summary>The four containers of the document model (design: Documents).</summary>
public enum Container
{
    /// <summary>Workspace / owner: workspaces, peers, scopes, webhooks, session entries, copies of memberships.</summary>
    Directory,

    /// <summary>Workspace / session: head, messages, members, watermarks, summaries, derivations, claims.</summary>
    Conversations,

    /// <summary>Workspace / observer / observed: conclusions, peer card, dream state.</summary>
    Memory,

    /// <summary>Workspace / id: failed steps, receipts, deliveries.</summary>
    Work,
}
