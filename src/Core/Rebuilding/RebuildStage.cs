namespace Kith.Core.Rebuilding;

/// <summary>What a rebuild does next.</summary>
internal enum RebuildStage
{
    /// <summary>Waits for its turn, then counts what there is to do.</summary>
    Begin,

    /// <summary>Goes on to the next session.</summary>
    Open,

    /// <summary>Reads the next messages of the session.</summary>
    Read,

    /// <summary>Takes out what the session's messages do not say any more.</summary>
    Close,

    /// <summary>Writes the index entries of conclusions.</summary>
    Entries,

    /// <summary>Removes index entries of messages, then of conclusions, that do not exist.</summary>
    PruneMessages,

    PruneConclusions,

    Finish,
}
