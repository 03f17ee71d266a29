namespace Kith.Core.Porting;

/// <summary>What an import is made from.</summary>
public enum ImportFormat
{
    /// <summary>Kith's own export.</summary>
    Kith,

    /// <summary>Memories of mem0: a JSON list, or what its API answers.</summary>
    Mem0,

    /// <summary>ChatGPT's <c>conversations.json</c>.</summary>
    ChatGpt,

    /// <summary>What a Honcho v3 server answers, gathered by a reader.</summary>
    Honcho,
}
