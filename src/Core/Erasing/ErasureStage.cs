namespace Kith.Core.Erasing;

/// <summary>What an erasure does next.</summary>
internal enum ErasureStage
{
    /// <summary>Goes on to the next session that holds something.</summary>
    Open,

    /// <summary>Chooses and counts the next messages of the session.</summary>
    TakeMessages,

    EraseMessages,

    /// <summary>Takes out what rests on the session's erased messages.</summary>
    Settle,

    TakePairs,

    ErasePairs,

    /// <summary>What stands in no session and no pair.</summary>
    Rest,

    /// <summary>A session, a workspace or a conclusion as a whole.</summary>
    Purge,

    /// <summary>Searches for what is left.</summary>
    Verify,

    /// <summary>Nothing is left to be found; the files below the store are made to let go of it.</summary>
    Scrub,
}
