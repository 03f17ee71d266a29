namespace Kith.Client.Administration;

/// <summary>A key with its secret, which is shown once.</summary>
/// <param name="Token">For <see cref="KithClientOptions.ApiKey"/>. Keep it: the server does not.</param>
/// <param name="Key">What it opens.</param>
public sealed record IssuedKey(string Token, ApiKey Key)
{
    /// <summary>What it opens; never the secret.</summary>
    public override string ToString() => Key.ToString();
}
