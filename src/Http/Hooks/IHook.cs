using Kith.Core.Platforms;
using Kith.Http.Schema;

namespace Kith.Http.Hooks;

/// <summary>How one platform proves and words its events.</summary>
internal interface IHook
{
    Platform Platform { get; }

    /// <summary>Of a body; more is refused.</summary>
    int MaxBytes => 1024 * 1024;

    /// <summary>Whether the platform sent this, just now, to this connection. Takes as long whatever is wrong with a signature.</summary>
    ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken);

    /// <summary>Called for what is proven only. What it does not know it reads as nothing.</summary>
    /// <exception cref="SchemaException">Not what the platform sends.</exception>
    HookReading Read(HookRequest request, OpenConnection connection);

    /// <summary>The answer to a GET, with which some platforms ask whether an address is meant; null where this one does not.</summary>
    HookAnswer? Greet(HookRequest request, OpenConnection connection) => null;
}
