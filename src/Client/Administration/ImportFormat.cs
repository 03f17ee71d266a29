namespace Kith.Client.Administration;

/// <summary>What a file is.</summary>
public enum ImportFormat
{
    /// <summary>An export of Kith: up to 1 GB.</summary>
    Kith,

    /// <summary><c>conversations.json</c> of ChatGPT's data export: up to 128 MB.</summary>
    ChatGpt,

    /// <summary>The list of memories that mem0 gives.</summary>
    Mem0,
}
