using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Speaking;

/// <summary>How one platform is told to say something.</summary>
internal interface ISpeaker
{
    Platform Platform { get; }

    /// <summary>Characters of a text; what is longer is cut.</summary>
    int MostCharacters { get; }

    /// <summary>Whether saying it twice is the same as once.</summary>
    bool IsRepeatable => false;

    /// <summary>Null where the connection lacks what it takes, and <paramref name="problem"/> says what.</summary>
    HttpRequestMessage? Compose(PlatformCall call, string text, string? token, out string? problem);

    /// <summary>Where a token for the call comes from; null where none has to be fetched.</summary>
    HttpRequestMessage? AskForToken(OpenConnection connection) => null;

    /// <summary>Why an answer with a good status says that nothing was said; null where it was.</summary>
    string? Problem(Payload answer) => null;
}
